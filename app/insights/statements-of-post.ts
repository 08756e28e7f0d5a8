import type { RichText } from "#db/schema/rich-text.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import { areaOf, type Glossary } from "./glossary.ts";
import { classify } from "./mining/classify.ts";
import { intents, type Band, type Intent, type Sentiment, type Urgency } from "./mining/kinds.ts";
import type { Model } from "./mining/model.ts";
import { textToEmbed } from "./mining/second-reading.ts";
import { statementsOf } from "./mining/statements.ts";
import { languageOf } from "./mining/understood.ts";
import { sourceOfDocument } from "./source-of-post.ts";
import { textHash } from "./text-hash.ts";

/** Nobody says more in one post than this; what follows is a dump. */
const MOST = 400;
const OTHER = intents.indexOf("other");

export type PostToMine = { kind: TopicKind; number: number; body: RichText; bodyText: string; title: string; divisionId: number };

/** A stretch of a post or of its topic's title. */
export type Place = { part: "title" | "body"; start: number; end: number };

/** Where the statements of a post stand. */
export function placesOf(post: PostToMine): Place[] {
  const source = sourceOfDocument(post.body);
  // A document that could not be rendered has no text to point into.
  const places = source.text === post.bodyText ? statementsOf(source) : [];
  return [
    ...(post.number === 1 && /\p{L}/u.test(post.title) ? [{ part: "title" as const, start: 0, end: post.title.length }] : []),
    ...places.slice(0, MOST).map(({ start, end }) => ({ part: "body" as const, start, end })),
  ];
}

function quoteAt(post: PostToMine, { part, start, end }: Place): string {
  return (part === "title" ? post.title : post.bodyText).slice(start, end);
}

/** What the encoder is given of it. */
export function textOfStatement(post: PostToMine, place: Place): string {
  return textToEmbed({ title: place.part === "title" ? "" : post.title, text: quoteAt(post, place) });
}

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

/**
 * The statements of a post, its topic's title first where it opens one. Pure: the same post, model and glossary give the
 * same. With what the encoder makes of each, by `textOfStatement`, they are read twice.
 */
export function statementsOfPost(post: PostToMine, model: Model, glossary: Glossary, embeddings?: Map<string, Float32Array>): MinedStatement[] {
  const places = placesOf(post);
  const hashes = { title: places.some(({ part }) => part === "title") ? textHash(post.title) : "", body: textHash(post.bodyText) };
  return places.map(stated);

  function stated(place: Place): MinedStatement {
    const { part, start, end } = place;
    const quote = quoteAt(post, place);
    const isTitle = part === "title";
    const said = classify(model, quote, isTitle ? { isTitle } : { title: post.title, isReply: post.number > 1 }, embeddings?.get(textOfStatement(post, place)));
    // Whoever filed it as an idea has said themselves that its title is a wish.
    const { intent, confidence, sentiment, urgency, band } = isTitle && post.kind === "idea" ? { ...said, intent: "feature" as const, confidence: 1, band: "auto" as const } : said;
    return {
      part, start, end, textHash: hashes[part], quoteHash: textHash(quote), quote,
      language: band === "not_understood" ? languageOf(quote) : "en",
      intent, confidence: Math.fround(confidence), sentiment, urgency, band, reviewWorth: Math.fround((1 - said.likelihoods[OTHER]!) * (1 - confidence)),
      areaId: areaOf(glossary, { text: quote, title: post.title, divisionId: post.divisionId }),
    };
  }
}
