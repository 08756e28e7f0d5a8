import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { TopicState } from "#app/core/realtime-messages.ts";
import { useCalm } from "#app/ui/use-calm.ts";
import { useLiveTopic } from "#app/ui/use-live-topic.ts";
import type { TopicPageData } from "../topic-page-data.ts";
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

/** What the rail and headings say of a topic, as the latest stretch tells it. */
export type LiveFacts = TopicState & { topicId: number; topic: TopicPageData["topic"] };

/** The facts of a topic, those that came in since its page included. */
export function useLiveFacts(topic: TopicPageData["topic"]) {
  const [live, setLive] = useState<LiveFacts | null>(null);
  // Its address stays as it is: what is written here is kept by it.
  return [isNewer(live, topic) ? { ...live.topic, slug: topic.slug } : topic, setLive] as const;
}

/** Whether what came in is of this topic, and after what its page was made with. */
export function isNewer(live: LiveFacts | null, topic: { id: number; version: number } | null): live is LiveFacts {
  return live !== null && live.topicId === topic?.id && live.version > topic.version;
}

type LiveStream = { path: string; topicId: number; stream: ReturnType<typeof usePostStream>; known: TopicState; onKnown: (facts: LiveFacts) => void };

/**
 * Keeps the posts on the page as new as the topic, by asking for just these, and takes new ones in where the end is shown.
 * The page itself is not loaded again: it would begin at another post.
 */
export function useLiveStream({ path, topicId, stream, known, onKnown }: LiveStream) {
  const { revalidate } = useRevalidator();
  const [isAsking, setAsking] = useState(false);
  const isShown = useRef(true);
  const showsEnd = !stream.hasLater;
  useEffect(() => {
    isShown.current = true;
    return () => void (isShown.current = false);
  }, []);

  async function ask(): Promise<void> {
    let facts: LiveFacts | undefined;
    // After a reload only the page of the place is there, and the place may begin above or end below it.
    const reach = stream.returnedTo && stream.last - stream.first < STRETCH ? STRETCH : 0;
    for (const [from, to] of stretchesOf(Math.max(stream.begin, stream.first - reach), stream.last + (showsEnd ? STRETCH : reach))) {
      const answer = await fetch(`${path}/posts?from=${from}&to=${to}&as=json`);
      if (!isShown.current) return;
      // Gone, or not for this reader any more: the page says so itself.
      if (answer.status === 404) return revalidate();
      if (!answer.ok) return;
      const stretch = JSON.parse(await answer.text(), reviveDates) as Stretch & Omit<LiveFacts, "topicId">;
      stream.take(stretch);
      // The first answer brings the end: what comes while the others are asked for is asked for again.
      facts ??= { topicId, version: stretch.version, lastPostNumber: stretch.lastPostNumber, topic: stretch.topic };
    }
    if (facts) onKnown(facts);
  }
  const freshen = useCalm(() => {
    setAsking(true);
    // Without a network nothing is lost: the page asks again when the connection is back.
    ask().catch(() => {}).finally(() => setAsking(false));
  }, isAsking);

  const { returnedTo } = stream;
  useEffect(() => {
    if (returnedTo) freshen();
  }, [returnedTo, freshen]);

  return useLiveTopic({ topicId, ...known, showsEnd, freshen });
}

/** The last ones first to be given up: new posts and the end are what readers wait for. */
function stretchesOf(first: number, end: number): [number, number][] {
  const all: [number, number][] = [];
  for (let to = end; to >= first && all.length < MAX_STRETCHES; to -= STRETCH) all.push([Math.max(first, to - STRETCH + 1), to]);
  return all;
}

function reviveDates(name: string, value: unknown): unknown {
  return typeof value === "string" && (name === "at" || name.endsWith("At")) ? new Date(value) : value;
}
