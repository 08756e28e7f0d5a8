import { useFetcher } from "@remix-run/react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { PostView, Tombstone } from "../topic-page.ts";

export type StreamPost = PostView | Tombstone;
type Loaded = { posts: StreamPost[]; first: number; last: number };
export type Stretch = Loaded & { lastPostNumber: number };

/**
 * The posts on the page: those the server sent, and those fetched before and after them since. What the server sends
 * again, after an act or a step within the topic, takes the place of what was there. `begin` is the lowest number shown.
 * `growing` posts join the neighbours they were reached from; `paged` ones stand alone, as their reader chose.
 */
export function usePostStream(path: string, begin: number, sent: Loaded, lastPostNumber: number, shown: "growing" | "paged") {
  const [loaded, setLoaded] = useState(sent);
  const [seen, setSeen] = useState(sent.posts);
  if (seen !== sent.posts) {
    setSeen(sent.posts);
    setLoaded(shown === "paged" && sent.first !== loaded.first ? sent : joined(loaded, sent) ?? sent);
  }
  const fetcher = useFetcher<Stretch>({ key: `stretch:${path}` });
  const { data } = fetcher;
  const taken = useRef<unknown>();
  const anchor = useRef<{ id: string; top: number } | null>(null);

  useEffect(() => {
    if (!data || taken.current === data) return;
    taken.current = data;
    setLoaded((before) => joined(before, data) ?? before);
  }, [data]);

  // Posts that come in above must not push what is being read out of sight.
  useLayoutEffectInBrowser(() => {
    const held = anchor.current;
    const element = held && document.getElementById(held.id);
    if (!held || !element) return;
    anchor.current = null;
    window.scrollBy({ top: element.getBoundingClientRect().top - held.top, behavior: "instant" });
  }, [loaded]);

  const load = useCallback((from: number, to: number) => fetcher.load(`${path}/posts?from=${from}&to=${to}`), [fetcher, path]);
  const isLoading = fetcher.state !== "idle";

  return {
    ...loaded,
    isLoading,
    hasEarlier: loaded.first > begin,
    hasLater: loaded.last < lastPostNumber,
    loadEarlier() {
      if (isLoading) return;
      const element = document.getElementById(`post-${loaded.posts[0]?.number}`);
      anchor.current = element && { id: element.id, top: element.getBoundingClientRect().top };
      load(Math.max(begin, loaded.first - 20), loaded.first - 1);
    },
    loadLater() {
      if (!isLoading) load(loaded.last + 1, Math.min(loaded.last + 20, lastPostNumber));
    },
    /** Takes in a stretch that the reader did not ask for: what they look at, or write in, stays where it is. */
    take(stretch: Loaded) {
      const element = document.activeElement?.closest("#reply") ?? firstInSight();
      anchor.current = element?.id ? { id: element.id, top: element.getBoundingClientRect().top } : null;
      // A stretch asked for beyond the end brings nothing, and ends where the topic does.
      setLoaded((before) => joined(before, { ...stretch, last: Math.max(stretch.last, before.last) }) ?? before);
    },
    /** Puts posts that are newer than what is shown in their places. */
    refresh: useCallback((posts: StreamPost[]) => setLoaded((before) => ({ ...before, posts: merged(before.posts, posts) })), []),
  };
}

function firstInSight(): Element | undefined {
  return [...document.querySelectorAll("[data-stream] [id^=post-]")].find((element) => element.getBoundingClientRect().bottom > 80);
}

/** Two stretches as one; null when numbers lie between them. */
function joined(before: Loaded, { posts, first, last }: Loaded): Loaded | null {
  if (first > before.last + 1 || last < before.first - 1) return null;
  return { posts: merged(before.posts, posts), first: Math.min(first, before.first), last: Math.max(last, before.last) };
}

function merged(before: StreamPost[], newer: StreamPost[]): StreamPost[] {
  const byNumber = new Map(before.map((post) => [post.number, post]));
  for (const post of newer) byNumber.set(post.number, post);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

const useLayoutEffectInBrowser = typeof window === "undefined" ? useEffect : useLayoutEffect;
