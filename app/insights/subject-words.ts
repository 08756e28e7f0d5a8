import type { Intent } from "./mining/kinds.ts";

/** Words that carry a sentence and no subject. */
const SILENT = new Set(
  ("the and that this with for not are was were been being have has had does did doing can could would should will shall may might must you your yours they them their theirs our ours its his her him she who whom whose which what when where why how there here then than also just only even still too very more most much many some any all both each few other another same such own into onto from over under about after before again once out off and but because until while during between through above below " +
    "now today yesterday tomorrow week weeks month months year years day days hour hours morning evening night time times since ago yet already always never often sometimes ever anyone anybody anything someone somebody something everyone everybody everything nobody nothing none one two three four five " +
    "get gets got getting make makes made making take takes took taken give gave given come comes came going goes gone went see sees seen saw look looks looked know knows knew think thinks thought want wants wanted need needs needed like likes liked tell tells told say says said ask asks asked use uses used using try tries tried find found let put keep keeps kept seem seems feel feels felt mean means " +
    "please thanks thank hello sorry good great nice bad better best well really quite rather maybe perhaps probably actually exactly okay yes sure lot bit way thing things stuff kind sort people person guy question questions answer problem problems issue help point case idea don't doesn't didn't isn't wasn't can't won't wouldn't couldn't i'm i've i'd it's that's there's what's you're they're we're dont cant").split(" "),
);
/** Words by which people ask each other, agree and wait, whatever it is about: "Thoughts?", "Is this possible?", "Any update on this?" */
const ASKING = new Set(
  ("news thoughts opinion opinions ideas view views feedback input suggestion suggestions advice comment comments possible impossible able allowed acceptable appropriate correct incorrect right wrong true false normal intended supposed expected agree agreed disagree curious wonder wondering wondered understand understood confused unsure explain explained explanation clarify clarification elaborate reason reasons " +
    "happen happens happened happening missing miss work works worked working broken broke breaks crash crashes crashed fail fails failed failing stopped doing change changed update updates fix fixed sense worth example examples experience experiences appreciated appreciate advance either neither anyways anyway somehow somewhere else instead again folks guys everyone others same different similar reply response difference mind care matter matters wait waiting").split(" "),
);
/** What people thank each other for, which is no part of a product. */
const THANKED_FOR = new Set(
  ("explanation explanations explaining explained info information informative insight insights reply replies replying response responses responding quick fast prompt detailed clear clearly thorough helpful helped helps helping " +
    "answered answering answers post posts posting posted edit edits edited editing link links pointing pointed pointer heads clarification clarifying clarified comment comments commenting feedback suggestion suggestions input research effort work advice tip tips welcome appreciate appreciated cheers kudos congrats congratulations agree agreed true glad learned learnt interesting").split(" "),
);

/** The words of a text that could be what it is about, each once. */
export function contentOf(text: string): string[] {
  const words = text.toLowerCase().replace(/’/g, "'").match(/\p{L}[\p{L}\p{N}'-]*/gu) ?? [];
  return [...new Set(words.filter((word) => word.length > 2 && !SILENT.has(word)))];
}

const THANKS = /\b(?:thank(?:s|ed|ful|you)?|thx|cheers|appreciat\w+|congrat\w*|kudos)\b/i;

/**
 * Whether a statement names nothing: a question or a complaint of nothing but form, or thanks for an answer. Two of them
 * are alike and say nothing in common, so they make no theme.
 */
export function hasNoSubject({ intent, quote }: { intent: Intent; quote: string }): boolean {
  const content = contentOf(quote.replace(/@\S+/g, "")).filter((word) => !ASKING.has(word));
  if (intent !== "praise") return content.length === 0;
  // Praise of a product says what is liked and how; thanks go to somebody, unless they say a good deal of what for.
  return content.filter((word) => !THANKED_FOR.has(word)).length < (THANKS.test(quote) ? 3 : 2);
}
