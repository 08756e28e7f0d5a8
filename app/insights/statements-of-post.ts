import type { RichText } from "#db/schema/rich-text.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import { areaOf, type Glossary } from "./glossary.ts";
import { classify } from "./mining/classify.ts";
import { intents, type Band, type Intent, type Sentiment, type Urgency } from "./mining/kinds.ts";
import type { Model } from "./mining/model.ts";
import { statementsOf } from "./mining/statements.ts";
import { languageOf } from "./mining/understood.ts";
import { sourceOfDocument } from "./source-of-post.ts";
import { textHash } from "./text-hash.ts";

/** Nobody says more in one post than this; what follows is a dump. */
const MOST = 400;
const OTHER = intents.indexOf("other");

export type PostToMine = { kind: TopicKind; number: number; body: RichText; bodyText: string; title: string; divisionId: number };

/** What a machine makes of a stretch of a post. */
export type MinedStatement = {
  part: "title" | "body";
  start: number;
  end: number;
  textHash: string;
  quoteHash: string;
  quote: string;
  language: string;
  intent: Intent;
  confidence: number;
  sentiment: Sentiment;
  urgency: Urgency;
  band: Band;
  /** What a look at it is worth: how likely it is of use, times how unsure the machine is. */
  reviewWorth: number;
  areaId: number | null;
};

/** The statements of a post, its topic's title first where it opens one. Pure: the same post, model and glossary give the same. */
export function statementsOfPost(post: PostToMine, model: Model, glossary: Glossary): MinedStatement[] {
  const source = sourceOfDocument(post.body);
  // A document that could not be rendered has no text to point into.
  const places = source.text === post.bodyText ? statementsOf(source) : [];
  const bodyHash = textHash(post.bodyText);
  const title = post.number === 1 ? { start: 0, end: post.title.length } : null;
  return [
    ...(title && /\p{L}/u.test(post.title) ? [stated("title", title, post.title, textHash(post.title))] : []),
    ...places.slice(0, MOST).map((place) => stated("body", place, post.bodyText, bodyHash)),
  ];

  function stated(part: "title" | "body", { start, end }: { start: number; end: number }, text: string, hash: string): MinedStatement {
    const quote = text.slice(start, end);
    const isTitle = part === "title";
    const said = classify(model, quote, isTitle ? { isTitle } : { title: post.title, isReply: post.number > 1 });
    // Whoever filed it as an idea has said themselves that its title is a wish.
    const { intent, confidence, sentiment, urgency, band } = isTitle && post.kind === "idea" ? { ...said, intent: "feature" as const, confidence: 1, band: "auto" as const } : said;
    return {
      part, start, end, textHash: hash, quoteHash: textHash(quote), quote,
      language: band === "not_understood" ? languageOf(quote) : "en",
      intent, confidence: Math.fround(confidence), sentiment, urgency, band, reviewWorth: Math.fround((1 - said.likelihoods[OTHER]!) * (1 - confidence)),
      areaId: areaOf(glossary, { text: quote, title: post.title, divisionId: post.divisionId }),
    };
  }
}
