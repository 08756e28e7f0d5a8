import { Form, useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState, type CSSProperties, type DragEvent, type FormEvent } from "react";
import type { Problem } from "#app/core/http.ts";
import { AskReaders } from "#app/ui/ask-readers.tsx";
import { cx } from "#app/ui/class-names.ts";
import type { Translate } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import type en from "../messages/en.json";
import { pagePath } from "../paths.ts";
import type { Branch } from "../tree.ts";
import { dropPlace, type Drop, type Zone } from "./drop-place.ts";

type T = Translate<typeof en>;
const steps: { direction: "up" | "down" | "out" | "in"; icon: IconName }[] = [
  { direction: "up", icon: "arrow-up" }, { direction: "down", icon: "arrow-down" }, { direction: "out", icon: "arrow-left" }, { direction: "in", icon: "arrow-right" },
];
const byKey: Record<string, string> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

/** How far one level stands in, as the stylesheet says for screens that drag. */
const LEVEL = 24;

/** What lies under the pointer, and what letting go there would do. */
type Over = Drop & { id: number; zone: Zone };

/**
 * The tree to be put in order: by dragging a row onto another (into it) or between two, by buttons, and by the arrow keys
 * on a row with Alt held. Buttons and keys need no pointer, the buttons no scripts.
 */
export function ArrangeTree({ tree, wiki, t }: { tree: Branch[]; wiki: string; t: T }) {
  const move = useFetcher();
  const [movedBy, setMovedBy] = useState<string>();
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const { onStep, said, setActed } = useSteps(tree, t);
  const pathFor = (id: number) => pagePath({ wiki, slug: tree.find((page) => page.id === id)!.slug, id });

  function look(event: DragEvent<HTMLElement>, id: number): Over | null {
    if (dragged === null) return null;
    const { top, left, height } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientY - top) / height;
    const zone = share < 0.3 ? "before" : share > 0.7 ? "after" : "inside";
    const place = dropPlace(tree, dragged, id, { zone, depth: Math.floor((event.clientX - left - 8) / LEVEL) });
    return place && { ...place, id, zone };
  }

  function dragOver(event: DragEvent<HTMLElement>, id: number) {
    const next = look(event, id);
    // Only where it can be let go, so that the pointer says where it cannot.
    if (next) event.preventDefault();
    if (next?.id !== over?.id || next?.zone !== over?.zone || next?.depth !== over?.depth) setOver(next);
  }

  function drop(event: DragEvent<HTMLElement>, id: number) {
    const place = look(event, id);
    if (dragged === null || !place) return;
    event.preventDefault();
    setActed({ id: dragged });
    const action = `${pathFor(dragged)}/place`;
    setMovedBy(action);
    move.submit({ parentId: String(place.parentId ?? ""), beforeId: String(place.beforeId ?? ""), next: "arrange" }, { method: "post", action, preventScrollReset: true });
    setOver(null);
    setDragged(null);
  }

  const answer = move.data as Problem | undefined;
  const problem = answer?.fields ? answer : undefined;
  const refused = problem && !problem.fields.knowsReaders ? (Object.values(problem.fields).flat()[0] ?? problem.message) : "";
  return (
    <>
      <p role="status" className={cx("mb-3 min-h-6 text-sm", refused ? "text-danger" : "text-ink-soft")}>{refused || said}</p>
      <AskReaders problem={problem} action={movedBy} className="mb-4" />
      <ol className="arrange-tree" aria-busy={move.state !== "idle" || undefined} onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(null)}>
        {tree.map((page) => (
          <li
            key={page.id}
            id={`page-${page.id}`}
            draggable
            onDragStart={(event) => { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", page.title); setDragged(page.id); }}
            onDragEnd={() => { setDragged(null); setOver(null); }}
            onDragOver={(event) => dragOver(event, page.id)}
            onDrop={(event) => drop(event, page.id)}
            data-drop={over?.id === page.id ? over.zone : undefined}
            className={cx("arrange-row", dragged === page.id && "opacity-50")}
            style={{ "--depth": page.depth, "--drop-depth": over?.depth } as CSSProperties}
          >
            <Icon name="grip-vertical" size={16} className="arrange-grip" />
            <a href={pathFor(page.id)} draggable={false} className="min-w-0 flex-1 py-1 leading-5 font-medium hover:underline">{page.title}</a>
            {!page.isPublished && <span className="page-tree-mark">{t("draft")}</span>}
            <Form
              method="post"
              action={`${pathFor(page.id)}/shift`}
              preventScrollReset
              className="flex shrink-0"
              onSubmit={(event) => onStep(event, page.id)}
              onKeyDown={(event) => {
                const direction = byKey[event.key];
                if (!direction || !event.altKey) return;
                event.preventDefault();
                event.currentTarget.querySelector<HTMLButtonElement>(`[value="${direction}"]`)?.click();
              }}
            >
              <input type="hidden" name="next" value="arrange" />
              {steps.map(({ direction, icon }) => (
                <button key={direction} name="direction" value={direction} aria-label={t(`move.${direction}`, { title: page.title })} title={t(`moveShort.${direction}`)} className="arrange-step"><Icon name={icon} size={16} /></button>
              ))}
            </Form>
          </li>
        ))}
      </ol>
    </>
  );
}

/** After a step the page says what moved, and the focus is where it was: a row that moves in a document loses it. */
function useSteps(tree: Branch[], t: T) {
  const acted = useRef<{ id: number; direction?: string } | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const last = acted.current;
    acted.current = null;
    if (!last) return;
    const page = tree.find(({ id }) => id === last.id);
    const parent = tree.find(({ id }) => id === page?.parentId);
    if (page) setSaid(parent ? t("movedBelow", { title: page.title, parent: parent.title }) : t("movedToTop", { title: page.title }));
    if (last.direction && (document.activeElement ?? document.body) === document.body) document.querySelector<HTMLElement>(`#page-${last.id} [value="${last.direction}"]`)?.focus({ preventScroll: true });
    // Said once for each change of the tree.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [tree]);
  const setActed = (now: { id: number; direction?: string }) => void (acted.current = now);
  const onStep = (event: FormEvent<HTMLFormElement>, id: number) => setActed({ id, direction: ((event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null)?.value });
  return { onStep, said, setActed };
}
