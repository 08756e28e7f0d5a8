import type { LabelKind } from "#db/schema/insights.ts";
import type { MinedStatement } from "./statements-of-post.ts";
import { textHash } from "./text-hash.ts";

/** A statement as it should stand in the database. */
export type Wanted = MinedStatement & {
  /** Null until it is inserted. */
  id: number | null;
  postId: number; topicId: number; categoryId: number; authorId: number; revision: number; createdAt: string; title: string; isReply: boolean;
  excluded: "employee" | "removed" | null;
  clusterId: number | null; themeId: number | null; similarity: number | null; placedBy: "auto" | "human";
  corrected: LabelKind[]; modelVersion: string;
  /** Whether anything differs from what is stored, and whether its offsets do. */
  isChanged: boolean; hasMoved: boolean;
};

/** A statement as it stands there. */
export type Held = Omit<MinedStatement, "quote"> & {
  id: number; postId: number; categoryId: number; revision: number; excluded: "employee" | "removed" | null;
  clusterId: number | null; themeId: number | null; similarity: number | null; placedBy: "auto" | "human";
  corrected: LabelKind[]; modelVersion: string; isCaptured: boolean;
};

type PostText = { title: string; bodyText: string; revision: number };

/**
 * Which statements of a post are still there after it was read again: those with the same words, wherever they stand
 * now. They keep their number, their theme and all that people said of them. A person's decision outlives the machine's;
 * a quote taken by hand lives as long as its words are in the post.
 */
export function sameStatements(held: Held[], wanted: Wanted[], post: PostText): { kept: Wanted[]; added: Wanted[]; gone: Held[] } {
  const left = new Map<string, Held[]>();
  for (const one of held) {
    const key = `${one.part}:${one.quoteHash}`;
    left.set(key, [...(left.get(key) ?? []), one]);
  }
  const kept: Wanted[] = [];
  const added: Wanted[] = [];
  for (const one of wanted) {
    const before = left.get(`${one.part}:${one.quoteHash}`)?.shift();
    if (before) kept.push(merged(before, one));
    else added.push(one);
  }
  const gone: Held[] = [];
  for (const one of [...left.values()].flat()) {
    const found = one.isCaptured && wanted[0] ? capturedAgain(one, post) : null;
    const free = found && ![...kept, ...added].some(({ part, start, end }) => part === one.part && start === found.start && end === found.end);
    if (found && free) kept.push(merged(one, { ...wanted[0]!, ...machineOf(one), ...found, quote: "" }));
    else gone.push(one);
  }
  return { kept, added, gone };
}

function merged(before: Held, now: Wanted): Wanted {
  const { id, clusterId, themeId, similarity, placedBy, corrected, modelVersion } = before;
  const next: Wanted = { ...now, id, clusterId, themeId, similarity, placedBy, corrected, modelVersion };
  for (const kind of corrected) {
    if (kind === "intent") next.intent = before.intent;
    if (kind === "sentiment") next.sentiment = before.sentiment;
    if (kind === "urgency") next.urgency = before.urgency;
    if (kind === "area") next.areaId = before.areaId;
  }
  // What a person has said is certain, whatever a new model thinks of it.
  if (corrected.includes("intent")) Object.assign(next, { band: before.band, confidence: before.confidence });
  next.hasMoved = before.start !== next.start || before.end !== next.end;
  next.isChanged = (Object.keys(before) as (keyof Held)[]).some((key) => key !== "isCaptured" && key !== "corrected" && key !== "modelVersion" && before[key] !== next[key as keyof Wanted]);
  return next;
}

function capturedAgain(one: Held, { title, bodyText, revision }: PostText) {
  const text = one.part === "title" ? title : bodyText;
  const length = one.end - one.start;
  for (let at = Math.min(one.start, Math.max(0, text.length - length)), tried = 0; tried < 2; tried++, at = 0) {
    for (let start = at; start + length <= text.length; start++) {
      const quote = text.slice(start, start + length);
      if (textHash(quote) === one.quoteHash) return { start, end: start + length, revision, textHash: textHash(text) };
    }
  }
  return null;
}

function machineOf({ part, quoteHash, language, intent, confidence, sentiment, urgency, band, reviewWorth, areaId }: Held) {
  return { part, quoteHash, language, intent, confidence, sentiment, urgency, band, reviewWorth, areaId };
}
