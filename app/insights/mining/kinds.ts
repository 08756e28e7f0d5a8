/** What a statement asks, tells or wants, in the order in which one wins over another: see ../gold/GUIDELINES.md. */
export const intents = ["churn", "bug", "feature", "competitor", "purchase", "docs_gap", "complaint", "praise", "question", "other"] as const;
export type Intent = (typeof intents)[number];

const WISHES: ReadonlySet<Intent> = new Set(["feature", "competitor", "purchase"]);

/** What is said of one thing by different kinds of wish, or of trouble, can be one theme; a wish and its praise are two. */
export function kindOf(intent: Intent): "wish" | "praise" | "trouble" {
  return intent === "praise" ? "praise" : WISHES.has(intent) ? "wish" : "trouble";
}

export const sentiments = ["neg", "neu", "pos"] as const;
export type Sentiment = (typeof sentiments)[number];

export const urgencies = ["low", "normal", "high"] as const;
export type Urgency = (typeof urgencies)[number];

/**
 * How far a machine may go on its own with it: `auto` counts at once, `review` waits for a person, `ignore` says too
 * little to be either, `not_understood` is in a language or form the models do not know.
 */
export const bands = ["auto", "review", "ignore", "not_understood"] as const;
export type Band = (typeof bands)[number];
