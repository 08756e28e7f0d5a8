import { Form, useFetcher } from "@remix-run/react";
import { useState, type DragEvent } from "react";
import { cx } from "#app/ui/class-names.ts";
import type { Translate } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import type en from "../messages/en.json";
import { pagePath } from "../paths.ts";
import type { Branch } from "../tree.ts";

type T = Translate<typeof en>;
const steps: { direction: "up" | "down" | "out" | "in"; icon: IconName }[] = [
  { direction: "up", icon: "arrow-up" }, { direction: "down", icon: "arrow-down" }, { direction: "out", icon: "arrow-left" }, { direction: "in", icon: "arrow-right" },
];
type Over = { id: number; where: "before" | "inside" };

/**
 * The tree to be put in order: by dragging a row onto another (into it) or between two, by buttons, and by the arrow keys
 * on a row with Alt held. Buttons and keys need no pointer, the buttons no scripts.
 */
export function ArrangeTree({ tree, wiki, t }: { tree: Branch[]; wiki: string; t: T }) {
  const move = useFetcher();
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const pathFor = (id: number) => pagePath({ wiki, slug: tree.find((page) => page.id === id)!.slug, id });

  function place(event: DragEvent<HTMLElement>, id: number): Over {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return { id, where: event.clientY - top < height * 0.35 ? "before" : "inside" };
  }

  function drop(event: DragEvent<HTMLElement>, target: Branch) {
    event.preventDefault();
    const { where } = place(event, target.id);
    setOver(null);
    if (dragged === null || dragged === target.id) return;
    const to = where === "inside" ? { parentId: String(target.id), beforeId: "" } : { parentId: String(target.parentId ?? ""), beforeId: String(target.id) };
    move.submit({ ...to, next: "arrange" }, { method: "post", action: `${pathFor(dragged)}/place` });
    setDragged(null);
  }

  const problem = move.data as { message?: string; fields?: Record<string, string[]> } | undefined;
  return (
    <>
      <p role="status" className="mb-3 min-h-6 text-sm text-danger">{problem?.fields ? Object.values(problem.fields).flat()[0] ?? problem.message : ""}</p>
      <ol className="arrange-tree" aria-busy={move.state !== "idle" || undefined}>
        {tree.map((page) => (
          <li
            key={page.id}
            id={`page-${page.id}`}
            draggable
            onDragStart={(event) => { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", page.title); setDragged(page.id); }}
            onDragEnd={() => { setDragged(null); setOver(null); }}
            onDragOver={(event) => { if (dragged !== null) { event.preventDefault(); const next = place(event, page.id); if (next.id !== over?.id || next.where !== over.where) setOver(next); } }}
            onDrop={(event) => drop(event, page)}
            className={cx("arrange-row", over?.id === page.id && dragged !== page.id && `arrange-${over.where}`, dragged === page.id && "opacity-50")}
            style={{ paddingLeft: 8 + page.depth * 24 }}
          >
            <Icon name="grip-vertical" size={16} className="shrink-0 cursor-grab text-ink-faint" />
            <a href={pathFor(page.id)} className="min-w-0 flex-1 truncate font-medium hover:underline">{page.title}</a>
            <Form
              method="post"
              action={`${pathFor(page.id)}/shift`}
              preventScrollReset
              className="flex shrink-0"
              onKeyDown={(event) => {
                const direction = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" }[event.key];
                if (!direction || !event.altKey) return;
                event.preventDefault();
                event.currentTarget.querySelector<HTMLButtonElement>(`[value="${direction}"]`)?.click();
              }}
            >
              <input type="hidden" name="next" value="arrange" />
              {steps.map(({ direction, icon }) => (
                <button key={direction} name="direction" value={direction} aria-label={t(`move.${direction}`, { title: page.title })} title={t(`moveShort.${direction}`)} className="inline-flex size-8 items-center justify-center rounded text-ink-faint hover:bg-sunken hover:text-ink touch:size-11"><Icon name={icon} size={16} /></button>
              ))}
            </Form>
          </li>
        ))}
      </ol>
    </>
  );
}
