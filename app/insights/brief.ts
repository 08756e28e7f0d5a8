import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { composeMail } from "#app/core/compose-mail.ts";
import { config } from "#app/core/config.ts";
import { parseEmailAddress } from "#app/core/email-address.ts";
import { defineJob } from "#app/core/jobs.ts";
import { sendMail } from "#app/core/mail.ts";
import { translate } from "#app/core/messages.ts";
import { readMember } from "#app/core/session.ts";
import { sign, signedValue } from "#app/core/signed.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { briefRefusals } from "#db/schema/insights.ts";
import { mayReadInsights } from "./access.ts";
import { listOwners } from "./decide.ts";
import { themePath, WHOLE_BRIEF } from "./paths.ts";
import { ENOUGH_PEOPLE } from "./score.ts";
import { findThemes, type ThemeCard } from "./themes.ts";
import { mondayOf, weekAfter } from "./weeks.ts";

/** Read in three minutes. */
const MOST = 10;

export type BriefItem = { why: "new" | "rising" | "stale" | "decided"; theme: ThemeCard };

/** What a week brought for one product manager, at most ten things, without the areas they do not want to hear of. */
export async function readBrief(viewer: Member, week: string): Promise<BriefItem[]> {
  const [from, until] = [`${week}T00:00:00Z`, `${weekAfter(week, 1)}T00:00:00Z`];
  const within = (column: ReturnType<typeof sql>) => sql`${column} >= ${from}::timestamptz and ${column} < ${until}::timestamptz`;
  const wanted = sql`(th.area_id is null or th.area_id not in (select area_id from brief_refusals where member_id = ${viewer.id}))`;
  const [rising, fresh, stale, decided] = await Promise.all([
    findThemes(db, viewer, sql`${wanted} and th.people_count >= ${ENOUGH_PEOPLE} and (th.factors->>'velocity')::float8 >= 1.5 and ${within(sql`th.last_at`)} and th.state not in ('shipped', 'declined')`, { limit: 4 }),
    findThemes(db, viewer, sql`${wanted} and ${within(sql`th.created_at`)}`, { limit: 5 }),
    findThemes(db, viewer, sql`${wanted} and th.state in ('accepted', 'planned') and ${within(sql`th.due_on`)}`, { limit: 3 }),
    findThemes(db, viewer, sql`${wanted} and th.state in ('accepted', 'planned', 'shipped', 'declined') and ${within(sql`th.state_changed_at`)}`, { limit: 4 }),
  ]);
  const named = new Set<number>();
  const items = [...rising.map((theme) => ({ why: "rising" as const, theme })), ...fresh.map((theme) => ({ why: "new" as const, theme })), ...stale.map((theme) => ({ why: "stale" as const, theme })), ...decided.map((theme) => ({ why: "decided" as const, theme }))];
  return items.filter(({ theme: { id } }) => !named.has(id) && named.add(id)).slice(0, MOST);
}

/** Mails last week's brief to every product manager who wants it. A week is told once, and one in which nothing happened not at all. */
export const sendBriefs = defineJob({
  name: "insights.send-briefs",
  // The clock adds a note of its own.
  input: z.looseObject({ now: z.string().optional() }),
  maxAttempts: 5,
  async run({ now }) {
    const today = now ? new Date(now) : new Date();
    const week = weekAfter(mondayOf(today), -1);
    for (const { id } of await listOwners()) await sendBrief(id, week);
  },
});

async function sendBrief(memberId: number, week: string): Promise<void> {
  const member = await readMember(memberId);
  const [row] = await db.select({ email: members.email }).from(members).where(eq(members.id, memberId));
  const refused = await db.$count(briefRefusals, and(eq(briefRefusals.memberId, memberId), eq(briefRefusals.areaId, WHOLE_BRIEF)));
  if (!member || !mayReadInsights(member) || refused > 0 || !row?.email || !member.isVerified || !parseEmailAddress(row.email)) return;
  const items = await readBrief(member, week);
  if (items.length === 0) return;
  const stop = await stopToken(memberId);
  await db.transaction(async (tx) => {
    const [first] = await tx.execute(sql`insert into sent_briefs (week, member_id, item_count) values (${week}::date, ${memberId}, ${items.length}) on conflict do nothing returning week`);
    if (!first) return;
    const t = (key: Parameters<typeof translate>[1], values?: Parameters<typeof translate>[2]) => translate(member.locale, key, values);
    const letter = composeMail({
      subject: t("insights.briefSubject", { count: items.length }),
      paragraphs: items.map(({ why, theme }) => {
        const title = theme.title ?? t("insights.themeNumber", { id: theme.id });
        const sentence = why === "new" ? t("insights.briefMailNew", { title, people: theme.peopleCount })
          : why === "rising" ? t("insights.briefMailRising", { title, people: theme.peopleCount, recent: theme.factors?.recent ?? 0 })
          : why === "stale" ? t("insights.briefMailStale", { title }) : t("insights.briefMailDecided", { title, state: t(`insights.state_${theme.state}`) });
        return `${sentence}\n${config.baseUrl}${themePath(theme.id)}`;
      }),
      action: { label: t("insights.briefOpen"), href: `${config.baseUrl}/insights/brief?week=${week}` },
      footer: t("insights.briefFooter", { address: `${config.baseUrl}/insights/brief#mail` }),
    });
    await sendMail(tx, { to: { name: member.name, address: row.email! }, ...letter, unsubscribeUrl: `${config.baseUrl}/insights/brief/stop/${stop}` });
  });
}

/** Turns a member's brief, or one area of it, on or off. */
export async function setBrief(memberId: number, areaId: number, { on }: { on: boolean }): Promise<void> {
  if (on) await db.delete(briefRefusals).where(and(eq(briefRefusals.memberId, memberId), eq(briefRefusals.areaId, areaId)));
  else await db.insert(briefRefusals).values({ memberId, areaId }).onConflictDoNothing();
}

export async function listRefused(memberId: number): Promise<number[]> {
  return (await db.select({ areaId: briefRefusals.areaId }).from(briefRefusals).where(eq(briefRefusals.memberId, memberId)).orderBy(asc(briefRefusals.areaId))).map(({ areaId }) => areaId);
}

/** Stops one member's brief and can do nothing else, so that it may stand in a mail. */
export function stopToken(memberId: number): Promise<string> {
  return sign("insights.brief", String(memberId));
}

export async function readStopToken(token: string): Promise<number | null> {
  const value = await signedValue("insights.brief", token);
  return value && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null;
}
