import { useEffect, useRef, useState } from "react";
import type { People, Person, Room, TopicState } from "#app/core/realtime-messages.ts";
import { useFreshen } from "./use-freshen.ts";
import { useLiveRoom } from "./use-live-room.ts";

type Shown = {
  topicId: number;
  /** As the page's data says. */
  version: number;
  lastPostNumber: number;
  /** Whether the posts shown go up to the topic's last: new ones then appear below by themselves. */
  showsEnd: boolean;
  /** Asks for the posts shown once more; the page's loader unless told otherwise. */
  freshen?: () => void;
};

const nobody: People = { people: [], peopleCount: 0, guestCount: 0 };
/** A page cache may need a moment to hear of a change that the socket has told of already. */
const RETRIES = 4;
/** Silence for so long means that they have stopped, or closed their tab. */
const TYPING_MS = 5000;

/**
 * Keeps a topic's page as new as the topic, without moving its reader: what is shown is made fresh, new posts appear
 * where the end is shown, and otherwise are counted.
 */
export function useLiveTopic({ topicId, version, lastPostNumber, showsEnd, freshen: freshenWith }: Shown) {
  const room: Room = `topic:${topicId}`;
  const freshenPage = useFreshen();
  const freshen = freshenWith ?? freshenPage;
  const [latest, setLatest] = useState<TopicState>({ version, lastPostNumber });
  const [presence, setPresence] = useState<People>(nobody);
  const [writers, setWriters] = useState<Person[]>([]);
  /** The last post the reader has been shown or told of. */
  const [known, setKnown] = useState(lastPostNumber);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());

  const stop = (id: number) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setWriters((all) => all.filter((person) => person.id !== id));
  };

  useLiveRoom(room, {
    onState: ({ version, lastPostNumber }) => {
      if (version === undefined || lastPostNumber === undefined) return;
      setLatest((before) => (version > before.version ? { version, lastPostNumber } : before));
    },
    onPeople: setPresence,
    onTyping: (person, isTyping) => {
      clearTimeout(timers.current.get(person.id));
      if (!isTyping) return stop(person.id);
      timers.current.set(person.id, setTimeout(() => stop(person.id), TYPING_MS));
      setWriters((all) => (all.some(({ id }) => id === person.id) ? all : [...all, person]));
    },
    onClosed: freshen,
    onBlind: freshen,
  });

  useEffect(() => {
    setLatest({ version, lastPostNumber });
    setKnown(lastPostNumber);
    setPresence(nobody);
    setWriters([]);
    const waiting = timers.current;
    return () => waiting.forEach((timer) => clearTimeout(timer));
    // Only another topic begins anew: newer data of the same one is no reason to forget who is here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [topicId]);

  useEffect(() => {
    if (showsEnd) setKnown((before) => Math.max(before, lastPostNumber));
  }, [showsEnd, lastPostNumber]);

  const isBehind = latest.version > version;
  const tries = useRef({ version: 0, count: 0 });
  useEffect(() => {
    if (!isBehind) return;
    if (tries.current.version !== latest.version) tries.current = { version: latest.version, count: 0 };
    if (tries.current.count > RETRIES) return;
    const timer = setTimeout(freshen, tries.current.count === 0 ? 0 : 500 * 2 ** tries.current.count);
    tries.current.count += 1;
    return () => clearTimeout(timer);
  }, [isBehind, latest.version, version, freshen]);

  return {
    ...presence,
    writers,
    /** Posts written since, which are not shown because the end is not. */
    newCount: showsEnd ? 0 : Math.max(0, Math.max(latest.lastPostNumber, lastPostNumber) - known),
    room,
  };
}
