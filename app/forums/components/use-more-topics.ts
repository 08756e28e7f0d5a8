import { useFetcher, useLocation } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useIsReturn } from "#app/ui/return-to-place.tsx";
import { atTop } from "#app/ui/standing.ts";
import { useFetched } from "#app/ui/use-fetched.ts";
import type { ListedTopic, TopicPage } from "../topic-lists.ts";

/** Where a page of the list begins among the rows, and how its address names it: as the list was opened, or by a cursor. */
type Page = { topicId: number; cursor: string | null };
type Held = { topics: ListedTopic[]; after: string | null; before: string | null; pages: Page[] };

/** What had been loaded at each step of this tab's history: coming back finds it all there again, at the same height. */
const heldAt = new Map<string, Held>();
const MOST_STEPS = 20;
/** The address changes when the eye rests: some browsers refuse more than a hundred changes in half a minute. */
const REST_MS = 150;

/**
 * The rows of a list with what "load more" has added. The address follows the eye: it names the page of the row that is
 * being read, so that a reload or a link that is sent on begins there.
 */
export function useMoreTopics(list: TopicPage, inPages: boolean) {
  const { key, pathname, search } = useLocation();
  const isReturn = useIsReturn();
  const fetcher = useFetcher<{ list: TopicPage }>();
  const [added, setAdded] = useState<{ key: string; held: Held } | null>(() => keptAt(key));
  const mine = inPages ? null : added?.key === key ? added : keptAt(key);
  const opened = new URLSearchParams(search).get("after");
  const shown: Held = mine ? refreshed(mine.held, list) : { ...list, pages: list.topics[0] ? [{ topicId: list.topics[0].id, cursor: opened }] : [] };

  const hrefOf = (cursor: string | null) => `${pathname}${withCursor(search, cursor)}`;
  const askedAt = useRef<string>();
  const load = (cursor: string | null) => {
    if (!cursor || fetcher.state !== "idle") return;
    askedAt.current = key;
    // At "/" alone a fetcher would ask the frame around the page for its data.
    fetcher.load(pathname === "/" ? hrefOf(cursor).replace("?", "?index&") : hrefOf(cursor));
  };

  useFetched(fetcher, ({ list: more }) => {
    // The reader has gone on to another list meanwhile.
    if (askedAt.current !== key) return;
    const held = more.after === shown.after || !shown.after ? null : extended(shown, more, shown.after);
    if (!held) return;
    remember(key, held);
    setAdded({ key, held });
  });

  // After a reload only the page of the place is there, and the place may end below it.
  useEffect(() => {
    if (isReturn && !mine && !inPages) load(shown.after);
    // Once for each step of the history.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isReturn]);

  useAddressOfRow(shown.pages, hrefOf, key);

  return { ...shown, hrefOf, isLoading: fetcher.state !== "idle", loadMore: () => load(shown.after) };
}

/** Lets the address name the page of the row at the top of the window. */
function useAddressOfRow(pages: Page[], hrefOf: (cursor: string | null) => string, key: string): void {
  useEffect(() => {
    if (pages.length < 2) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      clearTimeout(rest);
      const rows = [...document.querySelectorAll<HTMLElement>(".topic-list [data-topic]")];
      const row = atTop(".topic-list [data-topic]");
      const passed = new Set(rows.slice(0, row ? rows.indexOf(row) + 1 : 0).map(({ dataset }) => Number(dataset.topic)));
      const page = pages.findLast(({ topicId }) => passed.has(topicId)) ?? pages[0]!;
      const address = hrefOf(page.cursor);
      const { state } = window.history as { state: { key?: string } | null };
      // The router has gone on where the step is another: its address is not ours to change.
      if (window.location.pathname + window.location.search !== address && (state?.key ?? "default") === key) window.history.replaceState(state, "", address);
    };
    const onScroll = () => {
      clearTimeout(rest);
      rest = setTimeout(follow, REST_MS);
    };
    addEventListener("scroll", onScroll, { passive: true });
    addEventListener("click", follow, true);
    addEventListener("pagehide", follow);
    return () => {
      clearTimeout(rest);
      removeEventListener("scroll", onScroll);
      removeEventListener("click", follow, true);
      removeEventListener("pagehide", follow);
    };
  });
}

function keptAt(key: string) {
  const held = key === "default" ? undefined : heldAt.get(key);
  return held ? { key, held } : null;
}

function remember(key: string, held: Held): void {
  if (heldAt.size >= MOST_STEPS && !heldAt.has(key)) heldAt.delete(heldAt.keys().next().value!);
  heldAt.set(key, held);
}

function extended(held: Held, more: TopicPage, cursor: string): Held {
  const known = new Set(held.topics.map(({ id }) => id));
  const rows = more.topics.filter(({ id, isPinned }) => !isPinned && !known.has(id));
  return { topics: [...held.topics, ...rows], after: more.after, before: held.before, pages: rows[0] ? [...held.pages, { topicId: rows[0].id, cursor }] : held.pages };
}

/** Rows that were loaded before, with what is newly known of them. */
function refreshed(held: Held, { topics }: TopicPage): Held {
  const fresh = new Map(topics.map((topic) => [topic.id, topic]));
  return { ...held, topics: held.topics.map((topic) => fresh.get(topic.id) ?? topic) };
}

function withCursor(search: string, cursor: string | null): string {
  const params = new URLSearchParams(search);
  if (cursor) params.set("after", cursor);
  else params.delete("after");
  return params.size > 0 ? `?${params}` : "";
}
