import { useFetcher, useLocation } from "@remix-run/react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useIsReturn } from "#app/ui/return-to-place.tsx";
import { useFetched } from "#app/ui/use-fetched.ts";
import type { PostView, Tombstone } from "../topic-page.ts";

export type StreamPost = PostView | Tombstone;
type Loaded = { posts: StreamPost[]; first: number; last: number };
export type Stretch = Loaded & { lastPostNumber: number };

/** What had been loaded at each step of this tab's history: who comes back finds it all there again. */
const heldAt = new Map<string, { path: string; viewerId: number | null; loaded: Loaded }>();
const MOST_STEPS = 20;

type Shown = {
  /** Posts join the neighbours they were reached from, or stand alone, as their reader chose. */
  as: "growing" | "paged";
  /** What was held for one is not shown to another. */
  viewerId: number | null;
};

/**
 * The posts on the page: those the server sent, and those fetched before and after them since. What the server sends
 * again, after an act or a step within the topic, takes the place of what was there. `begin` is the lowest number shown.
 */
export function usePostStream(path: string, begin: number, sent: Loaded, lastPostNumber: number, shown: Shown) {
  const { key } = useLocation();
  const isReturn = useIsReturn();
  const isPaged = shown.as === "paged";
  const held = () => {
    const found = isReturn && !isPaged ? heldAt.get(key) : undefined;
    return found?.path === path && found.viewerId === shown.viewerId ? joined(found.loaded, sent) : null;
  };
  const [loaded, setLoaded] = useState(() => held() ?? sent);
  const [seen, setSeen] = useState(sent.posts);
  if (seen !== sent.posts) {
    setSeen(sent.posts);
    setLoaded(isPaged && sent.first !== loaded.first ? sent : held() ?? joined(loaded, sent) ?? sent);
  }
  useEffect(() => {
    heldAt.delete(key);
    if (heldAt.size >= MOST_STEPS) heldAt.delete(heldAt.keys().next().value!);
    heldAt.set(key, { path, viewerId: shown.viewerId, loaded });
  }, [key, path, shown.viewerId, loaded]);
  const fetcher = useFetcher<Stretch>({ key: `stretch:${path}` });
  const anchor = useRef<{ id: string; top: number } | null>(null);

  useFetched(fetcher, (stretch) => setLoaded((before) => joined(before, stretch) ?? before));

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
    begin,
    isLoading,
    /** Names the step of the history that the reader has come back to: what was held for it may be old, or only a part. */
    returnedTo: isReturn && !isPaged ? key : null,
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
