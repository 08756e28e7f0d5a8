import type { Intent, Urgency } from "./kinds.ts";

const HIGH = /\b(data loss|lost (all|my|our|everything)|losing (data|customers|money)|deleted (all|everything|my)|security|vulnerab\w+|leak(s|ed|ing)?|breach|urgent(ly)?|asap|emergency|blocker|blocking us|blocks (us|our|me)|production (is )?down|outage|unusable|dangerous|unsafe|fire|smoke|burn(s|ed|ing|t)?|overheat\w*|injur\w+|locked out|can(not|'t) (log ?in|sign in|access|work)|nobody can|no longer works at all|completely (broken|dead)|stopped working|deadline|by (tomorrow|tonight|monday|friday))\b/i;
const LOW = /\b(minor|nitpick|cosmetic|typo|small thing|no (rush|hurry)|some ?day|nice to have|would be nice|not urgent|low priority|whenever)\b/i;
const PROBLEMS: ReadonlySet<Intent> = new Set(["bug", "complaint", "churn", "question", "docs_gap"]);

/** How soon somebody should look, by the words for harm, blockage and deadlines. Praise is never urgent. */
export function urgencyOf(text: string, intent: Intent): Urgency {
  if (intent === "churn") return "high";
  if (PROBLEMS.has(intent) && HIGH.test(text)) return "high";
  return intent === "praise" || intent === "other" || LOW.test(text) ? "low" : "normal";
}
