import { useEffect, useRef, useState } from "react";
import type { People, Person, Room } from "#app/core/realtime-messages.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { sayTyping } from "#app/ui/live/connection.ts";
import type { T } from "./post-words.ts";

const FACES = 5;
const REPEAT_MS = 3000;
const PAUSE_MS = 4000;

type LiveStripProps = People & { room: Room; writers: Person[]; viewerId: number | null; t: T };

/** Who is here and who writes, on a line of its own height, so that nothing moves when it changes. */
export function LiveStrip({ people, peopleCount, guestCount, writers, viewerId, room, t }: LiveStripProps) {
  useTyping(room);
  const others = people.filter(({ id }) => id !== viewerId);
  const count = peopleCount - (people.length - others.length);
  return (
    <div className="mt-4 flex h-8 items-center gap-3 overflow-hidden text-sm text-ink-soft">
      <p aria-live="polite" className="min-w-0 flex-1 truncate">
        {writers.length > 0 && t("writing", { count: writers.length, name: writers[0]!.name, second: writers[1]?.name ?? "" })}
      </p>
      {count > 0 && (
        <p className="flex shrink-0 items-center gap-1.5" title={others.map(({ name }) => name).join(", ")}>
          <span aria-hidden="true" className="flex -space-x-1.5">
            {others.slice(0, FACES).map(({ id, name, avatarFileId }) => <span key={id} className="rounded-full border-2 border-paper"><Avatar name={name} fileId={avatarFileId} size={24} /></span>)}
          </span>
          <span>{t("hereNow", { count: count + Math.max(0, guestCount) })}</span>
        </p>
      )}
    </div>
  );
}

/** Says that someone writes while they do, and that they stopped soon after. The field is the composer's: its keystrokes come up here. */
function useTyping(room: Room): void {
  useEffect(() => {
    let saidAt = 0;
    let pause: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      clearTimeout(pause);
      if (saidAt) sayTyping(room, false);
      saidAt = 0;
    };
    const onInput = (event: Event) => {
      if (!(event.target as Element).closest("#reply")) return;
      clearTimeout(pause);
      pause = setTimeout(stop, PAUSE_MS);
      if (Date.now() - saidAt < REPEAT_MS) return;
      saidAt = Date.now();
      sayTyping(room, true);
    };
    document.addEventListener("input", onInput);
    document.addEventListener("submit", stop);
    addEventListener("pagehide", stop);
    return () => {
      document.removeEventListener("input", onInput);
      document.removeEventListener("submit", stop);
      removeEventListener("pagehide", stop);
      stop();
    };
  }, [room]);
}

type NewPostsProps = {
  /** The last post on the page, and whether it is the topic's last. */
  last: number;
  /** New ones that are not on the page. */
  beyond: number;
  onBeyond: () => void;
  t: T;
};

/** "3 new": for those that came in below what is being read, or beyond the posts shown. Goes away once they are seen. */
export function NewPosts({ last, beyond, onBeyond, t }: NewPostsProps) {
  const [first, setFirst] = useState<number | null>(null);
  const before = useRef(last);

  useEffect(() => {
    const came = before.current + 1;
    const isOneMore = last >= came;
    before.current = last;
    const element = isOneMore ? document.querySelector(`[data-stream] [data-number="${came}"]`) : null;
    if (element && element.getBoundingClientRect().top > innerHeight) setFirst((earlier) => earlier ?? came);
  }, [last]);

  useEffect(() => {
    const element = first && document.querySelector(`[data-stream] [data-number="${first}"]`);
    if (!element) return;
    // Whoever jumped past it has seen it, too.
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && setFirst(null), { rootMargin: "100000px 0px 0px" });
    watch.observe(element);
    return () => watch.disconnect();
  }, [first]);

  const count = beyond + (first ? last - first + 1 : 0);
  const go = () => {
    if (!first) return onBeyond();
    const element = document.querySelector<HTMLElement>(`[data-stream] [data-number="${first}"]`);
    element?.scrollIntoView({ block: "start" });
    element?.focus({ preventScroll: true });
    setFirst(null);
  };
  return (
    <div aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-20 z-30 flex justify-center wide:bottom-6">
      {count > 0 && <button type="button" onClick={go} className={buttonClass("primary", "small", "pointer-events-auto rounded-full! shadow-lg")}><Icon name="arrow-down" size={16} />{t("newReplies", { count })}</button>}
    </div>
  );
}
