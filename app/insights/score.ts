import type { ScoreFactors } from "#db/schema/insights.ts";
import type { Intent } from "./mining/kinds.ts";

// What puts one theme above another. Every number here is shown, line by line, on the theme's page.

export type ScoreSettings = {
  /** After so many days without a new voice a theme weighs half. */
  halfLifeDays: Record<Intent, number>;
  /** What an account worth a year counts as one step: at ten times this, the value line doubles. */
  valueUnit: number;
};

/** An outage is old news in a month; a wish is still wished for after half a year. */
export const defaultScoreSettings: ScoreSettings = {
  halfLifeDays: { churn: 45, bug: 60, feature: 180, competitor: 120, purchase: 60, docs_gap: 120, complaint: 90, praise: 120, question: 60, other: 90 },
  valueUnit: 10_000,
};

/** How heavy a statement of each kind weighs, before urgency and temper. */
export const severityOf: Record<Intent, number> = {
  churn: 1.6, bug: 1.3, complaint: 1.2, competitor: 1.2, purchase: 1.1, feature: 1, docs_gap: 0.9, question: 0.8, praise: 0.6, other: 0.5,
};

/** Days that count as "now", and the days before them that they are compared with. */
export const RECENT_DAYS = 14;
export const BASELINE_DAYS = 56;
/** Fewer people than this are an anecdote: the theme is called emerging, however fast it grows. */
export const ENOUGH_PEOPLE = 3;

export type Voices = {
  intent: Intent;
  /** Distinct members, each once however much they say. */
  people: number;
  /** Distinct customer accounts, and what they are worth a year together. */
  accounts: number;
  accountValue: number;
  statements: number;
  negative: number;
  urgent: number;
  /** Distinct voices a day, summed over the recent days and over the days before those. */
  recent: number;
  baseline: number;
  lastAt: Date | null;
};

/**
 * score = people × value × severity × velocity × freshness, times ten. People weigh by the logarithm of their number, so that
 * a hundred are worth more than ten, and not ten times as much.
 */
export function scoreOf(voices: Voices, asOf: Date, settings: ScoreSettings = defaultScoreSettings): { score: number; factors: ScoreFactors } {
  const { intent, people, accounts, accountValue, statements, negative, urgent, recent, baseline, lastAt } = voices;
  const halfLifeDays = settings.halfLifeDays[intent];
  const ageDays = lastAt ? Math.max(0, Math.floor((asOf.getTime() - lastAt.getTime()) / 86_400_000)) : 0;
  const share = (count: number) => (statements > 0 ? count / statements : 0);
  const factors: ScoreFactors = {
    people: rounded(Math.log(1 + people)),
    accounts,
    value: rounded(1 + Math.log10(1 + accountValue / settings.valueUnit)),
    severity: rounded(severityOf[intent] * (1 + 0.5 * share(urgent) + 0.25 * share(negative))),
    velocity: rounded(velocityOf(recent, baseline)),
    freshness: rounded(0.5 ** (ageDays / halfLifeDays)),
    recent, baseline, negative, urgent, ageDays, halfLifeDays,
  };
  const score = lastAt ? rounded(10 * factors.people * factors.value * factors.severity * factors.velocity * factors.freshness) : 0;
  return { score, factors };
}

/**
 * How much faster voices come now than before, as the mean of a Gamma posterior: the recent count is Poisson around the
 * baseline's own rate times a speed, and the speed is held near 1 by a prior worth three voices. So two voices in a quiet
 * corner are no landslide. Between a half and four.
 */
export function velocityOf(recent: number, baseline: number): number {
  const PRIOR = 3;
  const perDay = (baseline + 0.5) / (BASELINE_DAYS + 28);
  return Math.min(4, Math.max(0.5, (PRIOR + recent) / (PRIOR + RECENT_DAYS * perDay)));
}

export type Trend = "emerging" | "rising" | "steady" | "fading";

/** In one word. Fewer than three people are emerging at most. */
export function trendOf({ people, velocity, freshness }: { people: number; velocity: number; freshness: number }): Trend {
  // Two people who said it long ago and nobody since: nothing comes of that any more.
  if (people < ENOUGH_PEOPLE) return freshness < 0.5 ? "fading" : "emerging";
  if (velocity >= 1.5) return "rising";
  return freshness < 0.5 || velocity < 0.75 ? "fading" : "steady";
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
