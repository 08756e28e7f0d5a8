import { useFetcher, useLocation } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { ListedTopic, TopicPage } from "../topic-lists.ts";

type Held = { topics: ListedTopic[]; after: string | null; before: string | null };

/** What had been loaded at each step of this tab's history: coming back finds it all there again, at the same height. */
const heldAt = new Map<string, Held>();
const MOST_STEPS = 20;

/**
 * The rows of a list with what "load more" has added. The address follows: it names the last page loaded, so that a
 * reload or a link that is sent on begins there.
 */
export function useMoreTopics(list: TopicPage, inPages: boolean) {
  const { key, pathname, search } = useLocation();
  const fetcher = useFetcher<{ list: TopicPage }>();
  const [added, setAdded] = useState<{ key: string; held: Held } | null>(() => keptAt(key));
  const mine = inPages ? null : added?.key === key ? added : keptAt(key);
  const shown = mine ? refreshed(mine.held, list) : list;

  const hrefOf = (cursor: string) => `${pathname}?${withCursor(search, cursor)}`;

  useEffect(() => {
    const more = fetcher.state === "idle" ? fetcher.data?.list : undefined;
    if (!more || !shown.after || more.after === shown.after) return;
    const known = new Set(shown.topics.map(({ id }) => id));
    const held: Held = { topics: [...shown.topics, ...more.topics.filter(({ id, isPinned }) => !isPinned && !known.has(id))], after: more.after, before: shown.before };
    remember(key, held);
    window.history.replaceState(window.history.state, "", hrefOf(shown.after));
    setAdded({ key, held });
    // Only a new answer adds rows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [fetcher.data, fetcher.state]);

  return {
    ...shown,
    hrefOf,
    isLoading: fetcher.state !== "idle",
    loadMore: () => shown.after && fetcher.state === "idle" && fetcher.load(hrefOf(shown.after)),
  };
}

function keptAt(key: string) {
  const held = key === "default" ? undefined : heldAt.get(key);
  return held ? { key, held } : null;
}

function remember(key: string, held: Held): void {
  if (heldAt.size >= MOST_STEPS && !heldAt.has(key)) heldAt.delete(heldAt.keys().next().value!);
  heldAt.set(key, held);
}

/** Rows that were loaded before, with what is newly known of them. */
function refreshed(held: Held, { topics }: TopicPage): Held {
  const fresh = new Map(topics.map((topic) => [topic.id, topic]));
  return { ...held, topics: held.topics.map((topic) => fresh.get(topic.id) ?? topic) };
}

function withCursor(search: string, cursor: string): string {
  const params = new URLSearchParams(search);
  params.set("after", cursor);
  return params.toString();
}
