import type { Intent } from "../mining/kinds.ts";

/** What means the same everywhere, whatever a community calls its things. */
const PLAIN: Partial<Record<Intent, string[]>> = {
  bug: ["The app crashes when I open the settings page.", "I get an error 500 when I save.", "The button does not work on Firefox.", "Since the last update the search shows nothing.", "The page stays blank after I log in.", "Clicking the link leads to a page that is not there."],
  feature: ["Please add a dark mode.", "Could we have an option to export as CSV?", "It would be nice to filter by tag.", "I would love to be able to sort the list.", "Can you add support for keyboard shortcuts?", "I suggest to allow longer titles."],
  question: ["How do I change my password?", "What is the difference between the two plans?", "Where can I find my invoices?", "Why was my post closed?", "How do I export my data?", "Does anyone know how this works?"],
  praise: ["Thank you so much, I love it!", "Great work, this is awesome.", "Thanks, that helped a lot.", "This is the best tool I have ever used."],
  complaint: ["This is really annoying and frustrating.", "The new design is terrible."],
  other: ["I agree.", "I posted it yesterday.", "There are three of them in the list.", "See the answer below."],
};

export type PlainSentence = { text: string; intent: Intent; embedding?: Float32Array };

/** Sentences that everybody reads alike. A community's corrections teach what it says in its own way, and leave these as they are. */
export const plainSentences: readonly PlainSentence[] = Object.entries(PLAIN).flatMap(([intent, texts]) => texts.map((text) => ({ text, intent: intent as Intent })));
