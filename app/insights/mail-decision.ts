import { sql } from "drizzle-orm";
import { z } from "zod";
import { readSiteName } from "#app/accounts/site-name.ts";
import { composeMail } from "#app/core/compose-mail.ts";
import { config } from "#app/core/config.ts";
import { deliverMail } from "#app/core/deliver-mail.ts";
import { parseEmailAddress } from "#app/core/email-address.ts";
import { defineJob } from "#app/core/jobs.ts";
import { stopMailUrl, wantsMail } from "#app/core/mail-choice.ts";
import { translate } from "#app/core/messages.ts";
import { readMember } from "#app/core/session.ts";
import { speakerName } from "#app/core/speaker.ts";
import { pathInTalk, talkHomeOf, type TalkHome } from "#app/core/talk-home.ts";
import { listWhoSee } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import type { SpeakerLabel } from "#db/schema/accounts.ts";
import { themeState, type ThemeState } from "#db/schema/insights.ts";
import { postPath } from "./quotes.ts";

type Told = { reason: string; email: string | null; topicId: string; categoryId: string; slug: string; title: string; home: TalkHome; noteNumber: number | null; decidedBy: { name: string; label: SpeakerLabel | null } | null };

/**
 * Mails one member what became of what they asked for or voted for: also an honest no. Everything is asked again at the
 * moment of sending: whether it is still so, whether they may still see the topic, and whether they want such mail.
 */
export const mailDecision = defineJob({
  name: "insights.mail-decision",
  input: z.object({ themeId: z.number(), state: z.enum(themeState.enumValues), memberId: z.number() }),
  maxAttempts: 17,
  async run({ themeId, state, memberId }) {
    const [told] = await db.execute<Told>(sql`
      select th.reason, m.email, t.id as "topicId", t.category_id as "categoryId", t.slug, t.title, ${talkHomeOf(sql`t`)} as home, note.number as "noteNumber",
        (select json_build_object('name', a.name, 'label', a.label) from theme_events e join members a on a.id = e.actor_id where e.theme_id = th.id and e.kind = 'state' and e."to" = th.state::text order by e.id desc limit 1) as "decidedBy"
      from told_members told join themes th on th.id = told.theme_id and th.state = told.state join members m on m.id = told.member_id join topics t on t.id = told.topic_id and t.removed_at is null
      left join told_topics tt on tt.theme_id = told.theme_id and tt.state = told.state and tt.topic_id = t.id left join posts note on note.id = tt.post_id and note.removed_at is null
      where told.theme_id = ${themeId} and told.state = ${state}::theme_state and told.member_id = ${memberId} and told.mailed_at is null and ${isHeard}`);
    const member = told && (await readMember(memberId));
    if (!told || !member?.isVerified || (member.suspendedUntil && member.suspendedUntil > new Date()) || !told.email || !parseEmailAddress(told.email)) return;
    if (!(await wantsMail(db, memberId, "decision")) || !(await listWhoSee(db, Number(told.categoryId), [memberId])).has(memberId)) return;
    const stop = await stopMailUrl(memberId, "decision");
    await deliverMail({ to: { name: member.name, address: told.email }, ...(await letterOf(member.locale, state, told, stop)), unsubscribeUrl: stop });
    await db.execute(sql`update told_members set mailed_at = now() where theme_id = ${themeId} and state = ${state}::theme_state and member_id = ${memberId}`);
  },
});

/** A topic that they muted, or that stands in a category or bears a tag they muted, sends no mail. */
const isHeard = sql`case coalesce((select level::text from topic_reads reads where reads.topic_id = t.id and reads.member_id = m.id), 'normal')
  when 'muted' then false
  when 'normal' then not exists (select from category_follows follows where follows.category_id = t.category_id and follows.member_id = m.id and follows.level = 'muted')
    and not exists (select from tag_follows follows join topic_tags tagged on tagged.tag_id = follows.tag_id where tagged.topic_id = t.id and follows.member_id = m.id and follows.level = 'muted')
  else true end`;

async function letterOf(locale: string, state: ThemeState, { reason, topicId, slug, title, home, noteNumber, decidedBy }: Told, stop: string) {
  const site = await readSiteName(db);
  const topic = { id: Number(topicId), slug };
  const t = (key: string, values: Record<string, string> = {}) => translate(locale, `insights.${key}` as Parameters<typeof translate>[1], { site, title, ...values });
  return composeMail({
    subject: t(`mailSubject_${state}`),
    paragraphs: [t("mailAsked"), t(`note_${state}`), ...(reason ? [decidedBy ? t("mailReasonBy", { name: speakerName(decidedBy, locale), reason }) : reason] : [])],
    action: { label: t("mailOpen"), href: config.baseUrl + (noteNumber ? postPath(topic, home, noteNumber) : pathInTalk(topic, home)) },
    footer: t("mailFooter", { address: stop }),
  });
}
