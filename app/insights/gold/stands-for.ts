import { readComments, readPosts, textsOf } from "../training/read-dump.ts";
import { statementsOf } from "../mining/statements.ts";
import type { GoldRow, GoldStatement } from "./read-gold.ts";

/** What made a sentence one to be drawn first: such a word. As it was when the gold set was drawn, for it says how often each kind of sentence was. */
const CUE = /\b(bug|broken|doesn'?t work|not work|error|fails?|crash|wrong|missing|glitch|incorrect|can'?t|cannot|unable|could we|can we|should (have|be able|allow)|would be (nice|great|good|useful|helpful|better)|please|suggest|propos|add (a|an|the|support)|allow|enable|ability|wish|i'?d like|request|need|love|great|awesome|thanks|thank you|annoy|frustrat|terrible|hate|confus|unclear|document|faq|help page|leave|quit|instead of|reddit|forum|other sites?|buy|price|cost|shop)\b/i;
/** Shorter ones were not drawn. */
const SHORTEST = 8;

/**
 * For each labelled statement, how many of its topics' statements it stands for: those of its kind, with a cue or
 * without, shared among the labelled ones of that sort. Within a sort they were drawn in the order of a hash, so each
 * had the same chance. None for the demo's, of which no more is known.
 */
export function standsFor(labelled: Pick<GoldStatement, "source" | "kind" | "text" | "topic">[], bicyclesFolder: string): number[] {
  const real = labelled.filter(({ source }) => source === "bicycles.meta");
  if (real.length === 0) return labelled.map(() => 0);
  const topics = new Set(real.map(({ topic }) => topic));
  const said = new Map<string, number>();
  for (const [id, { text, asides, topicId }] of textsOf(readPosts(bicyclesFolder), readComments(bicyclesFolder))) {
    if (!topics.has(`bicycles.meta/${topicId}`)) continue;
    const kind = kindOf(id, topicId);
    const quotes = kind === "title" ? [text] : statementsOf({ text, asides }).map(({ start, end }) => text.slice(start, end));
    for (const quote of quotes) if (quote.length >= SHORTEST) add(said, sortOf(kind, quote));
  }
  const drawn = new Map<string, number>();
  for (const { kind, text } of real) add(drawn, sortOf(kind, text));
  return labelled.map(({ source, kind, text }) => (source === "demo" ? 0 : (said.get(sortOf(kind, text)) ?? 0) / drawn.get(sortOf(kind, text))!));
}

function kindOf(id: string, topicId: string): GoldRow["kind"] {
  if (id.endsWith("-title")) return "title";
  return id.startsWith("comment-") ? "comment" : id === `post-${topicId}` ? "question" : "answer";
}

/** All titles were drawn, with a cue or without. */
function sortOf(kind: GoldRow["kind"], text: string): string {
  return kind === "title" ? kind : `${kind} ${CUE.test(text) ? "with" : "without"}`;
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
