import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { TopicState } from "#app/core/realtime-messages.ts";
import { useCalm } from "#app/ui/use-calm.ts";
import { useLiveTopic } from "#app/ui/use-live-topic.ts";
import type { Stretch, usePostStream } from "./use-post-stream.ts";

/** Posts asked for at once, and how many such stretches are made fresh: those beyond wait for a reload. */
const STRETCH = 20;
const MAX_STRETCHES = 5;

/** How far the page knows its topic: as the server sent it, later as the stretches brought since say. */
export function useKnownState({ version, lastPostNumber }: TopicState) {
  const [known, setKnown] = useState<TopicState>({ version, lastPostNumber });
  if (version > known.version) setKnown({ version, lastPostNumber });
  return [known, setKnown] as const;
}

type LiveStream = { path: string; topicId: number; stream: ReturnType<typeof usePostStream>; known: TopicState; onKnown: (state: TopicState) => void };

/**
 * Keeps the posts on the page as new as the topic, by asking for just these, and takes new ones in where the end is shown.
 * The page itself is not loaded again: it would begin at another post.
 */
export function useLiveStream({ path, topicId, stream, known, onKnown }: LiveStream) {
  const fetcher = useFetcher<Stretch & TopicState>({ key: `fresh:${path}` });
  const waiting = useRef<[number, number][]>([]);
  /** The version of the first answer of a round: what changed during it is asked for again. */
  const round = useRef<number | null>(null);
  const taken = useRef<unknown>();
  const showsEnd = !stream.hasLater;

  const load = ([from, to]: [number, number]) => fetcher.load(`${path}/posts?from=${from}&to=${to}`);
  const freshen = useCalm(() => {
    waiting.current = stretchesOf(stream.first, stream.last, showsEnd);
    round.current = null;
    load(waiting.current[0]!);
  }, fetcher.state !== "idle" || waiting.current.length > 0);

  const { data, state } = fetcher;
  useEffect(() => {
    if (state !== "idle" || waiting.current.length === 0) return;
    // No answer: the topic is gone or the network is. The page says so when it is used.
    if (!data || taken.current === data) return void (waiting.current = []);
    taken.current = data;
    stream.take(data);
    round.current ??= data.version;
    waiting.current.shift();
    if (waiting.current[0]) load(waiting.current[0]);
    else onKnown({ version: round.current, lastPostNumber: data.lastPostNumber });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data, state]);

  return useLiveTopic({ topicId, ...known, showsEnd, freshen });
}

/** The last ones first to be given up: new posts and the end are what readers wait for. */
function stretchesOf(first: number, last: number, showsEnd: boolean): [number, number][] {
  const end = showsEnd ? last + STRETCH : last;
  const all: [number, number][] = [];
  for (let to = end; to >= first && all.length < MAX_STRETCHES; to -= STRETCH) all.push([Math.max(first, to - STRETCH + 1), to]);
  return all;
}
