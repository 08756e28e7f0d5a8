import { useEffect, useState } from "react";
import type { Room } from "#app/core/realtime-messages.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { useFreshen } from "#app/ui/use-freshen.ts";
import { useLiveRoom } from "#app/ui/use-live-room.ts";
import en from "./words.ts";

type LiveListProps = { room: Room | null; sort: string; topics: { lastPostAt: Date }[] };

/** "3 new or updated topics", over the list and not in it: nothing moves until the reader asks. */
export function LiveList({ room, sort, topics }: LiveListProps) {
  const t = useT("forums", en);
  const freshen = useFreshen();
  const [changed, setChanged] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => setChanged(new Set()), [topics]);
  // By the server's clock, not the reader's, and a moment later, as ours counts finer. Lists in another order say nothing of what is newest.
  const newest = Math.max(0, ...topics.map(({ lastPostAt }) => lastPostAt.getTime()));
  const isTold = sort === "latest" || sort === "new" || sort === "unread";

  useLiveRoom(isTold ? room : null, {
    onListChanged: (topicIds) => setChanged((before) => new Set([...before, ...topicIds])),
    // Not for this reader any more: the page says so itself.
    onClosed: freshen,
    onBlind: freshen,
    since: () => (sort === "latest" && newest > 0 ? newest + 1 : Infinity),
  });

  return (
    <div aria-live="polite" className="sticky top-16 z-20 h-0">
      {changed.size > 0 && (
        <div className="flex justify-center pt-2">
          <button type="button" onClick={() => { freshen(); scrollTo({ top: 0 }); }} className={buttonClass("primary", "small", "rounded-full! shadow-lg")}>
            <Icon name="arrow-up" size={16} />{t("newTopics", { count: changed.size })}
          </button>
        </div>
      )}
    </div>
  );
}
