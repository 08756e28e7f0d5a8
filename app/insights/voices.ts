import { sql } from "drizzle-orm";
import { oJoinsThemes } from "./joins-themes.ts";

/** Who counts as a voice of the company, not of its customers. For `members` under that name. */
export const isEmployee = sql`(coalesce(members.label = 'employee', false) or exists (select from member_roles where member_roles.member_id = members.id and member_roles.role in ('owner', 'admin', 'product_manager')))`;

/** What people mean by "same here" before anything else: what the post reports or wishes, then leaving and buying, then the rest. */
const rankOf = (alias: "s" | "o") => sql.raw(`(case when ${alias}.intent in ('bug', 'feature', 'complaint', 'docs_gap') then 1 when ${alias}.intent in ('churn', 'competitor', 'purchase') then 2 else 3 end)`);

/**
 * The customers who stand behind what a statement `s` says without having said it themselves: those who voted for the topic
 * whose title it is, and those who said "same here" to its post, if the post says nothing that this means before it: who
 * suffers the same fault need not share the praise beside it, nor leave for it. Rows of `member_id` and `created_at`, to
 * join laterally.
 */
export const agreeing = sql`(
  select v.member_id, v.created_at from topic_votes v join members on members.id = v.member_id
  where s.part = 'title' and v.topic_id = s.topic_id and not ${isEmployee}
  union all
  select r.member_id, r.created_at from reactions r join members on members.id = r.member_id
  where r.kind = 'same_here' and r.post_id = s.post_id and not ${isEmployee}
    and not exists (select from statements o where o.post_id = s.post_id and ${oJoinsThemes} and ${rankOf("o")} < ${rankOf("s")}))`;

/** The themes that a member, or any of some members in `among` (a query of their numbers), is a voice of or may be: those to count anew when something about them changes. */
export const themesSpokenFor = (among: ReturnType<typeof sql>) => sql`
  select s.theme_id from statements s where s.author_id in (${among}) and s.theme_id is not null
  union select s.theme_id from topic_votes v join statements s on s.topic_id = v.topic_id and s.part = 'title' where v.member_id in (${among}) and s.theme_id is not null
  union select s.theme_id from reactions r join statements s on s.post_id = r.post_id where r.kind = 'same_here' and r.member_id in (${among}) and s.theme_id is not null`;
