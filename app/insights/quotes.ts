import { sql, type SQL } from "drizzle-orm";
import { pathInTalk, talkHomeOf, type TalkHome } from "#app/core/talk-home.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import type { SpeakerLabel } from "#db/schema/accounts.ts";
import type { LabelKind } from "#db/schema/insights.ts";
import type { Band, Intent, Sentiment, Urgency } from "./mining/kinds.ts";
import { quotePath } from "./paths.ts";
import { textHash } from "./text-hash.ts";
import { agreeing } from "./voices.ts";

/** Evidence as its page shows it to one viewer. */
export type Quote = {
  id: number;
  /** Exactly what was said; null when the viewer may not read it there, or it no longer stands there. */
  words: string | null;
  /** Why there are no words. Of what is private nothing else is told, either. */
  gone: "private" | "changed" | null;
  href: string | null;
  topicTitle: string | null;
  place: string | null;
  author: { username: string; name: string; avatarFileId: number | null; label: SpeakerLabel | null; account: string | null } | null;
  part: "title" | "body";
  revision: number;
  /** Of the whole text that it was cut out of, as it was read: see text-hash.ts. */
  textHash: string | null;
  intent: Intent;
  confidence: number;
  sentiment: Sentiment;
  urgency: Urgency;
  band: Band;
  areaId: number | null;
  areaName: string | null;
  themeId: number | null;
  similarity: number | null;
  placedBy: "auto" | "human";
  importance: number | null;
  excluded: "employee" | "removed" | null;
  corrected: LabelKind[];
  isReviewed: boolean;
  /** How many more customers stand behind it: see voices.ts. */
  agreeing: number;
  createdAt: Date;
};

type Row = Omit<Quote, "words" | "gone" | "href" | "author" | "createdAt" | "textHash"> & {
  start: number; end: number; textHash: string; bodyText: string; topicId: string; slug: string; home: TalkHome; number: number; username: string; name: string; avatarFileId: string | null;
  label: SpeakerLabel | null; account: string | null; createdAt: string; isVisible: boolean;
};

/**
 * Statements under a condition on `s` (the statement), `p`, `t` and `c`, the words cut out of their posts. What the viewer may not
 * see is told of as a number and a day and nothing more.
 */
export async function readQuotes(on: Executor, viewer: Viewer, { where, orderBy = sql`s.created_at desc, s.id desc`, limit }: { where: SQL; orderBy?: SQL; limit: number }): Promise<Quote[]> {
  const visible = await listVisibleCategoryIds(on, viewer);
  const rows = await on.execute<Row>(sql`
    select s.id, s.part, s.start, s."end", s.revision, s.text_hash as "textHash", s.intent, s.confidence, s.sentiment, s.urgency, s.band, s.area_id as "areaId", a.name as "areaName",
      s.theme_id as "themeId", s.similarity, s.placed_by as "placedBy", s.importance, s.excluded, s.corrected::text[] as corrected, s.reviewed_at is not null as "isReviewed", s.created_at as "createdAt",
      p.body_text as "bodyText", p.number, t.id as "topicId", t.slug, t.title as "topicTitle", ${talkHomeOf(sql`t`)} as home, d.name || ' · ' || c.name as place, m.username, m.name, m.avatar_file_id as "avatarFileId", m.label,
      (select count(distinct a.member_id)::int from ${agreeing} a where a.member_id <> s.author_id) as agreeing,
      ca.name as account, t.category_id = any(${sql.param(visible)}::bigint[]) and p.removed_at is null and t.removed_at is null as "isVisible"
    from statements s join posts p on p.id = s.post_id join topics t on t.id = s.topic_id join categories c on c.id = t.category_id join divisions d on d.id = c.division_id
    join members m on m.id = s.author_id left join product_areas a on a.id = s.area_id
    left join account_members am on am.member_id = s.author_id left join customer_accounts ca on ca.id = am.account_id
    where ${where} order by ${orderBy} limit ${limit}`);
  return rows.map(quoteOf);
}

function quoteOf(row: Row): Quote {
  const words = wordsOf(row);
  const { isVisible, username, name, avatarFileId, label, account, start: _start, end: _end, bodyText: _text, slug, topicId, home, number, ...rest } = row;
  const shown = {
    ...rest, id: Number(row.id), areaId: numberOrNull(row.areaId), themeId: numberOrNull(row.themeId), createdAt: new Date(row.createdAt),
  };
  if (!isVisible) return { ...shown, words: null, gone: "private", agreeing: 0, textHash: null, href: null, topicTitle: null, place: null, author: null };
  const href = postPath({ slug, id: Number(topicId) }, home, number);
  return {
    ...shown, words, gone: words === null ? "changed" : null, textHash: words === null ? null : row.textHash,
    href: words && row.part === "body" ? quotePath(href, words) : href,
    author: { username, name, avatarFileId: numberOrNull(avatarFileId), label, account },
  };
}

/** Where a post is read: what readers said of an article or a page stands below it. */
export function postPath(topic: { slug: string; id: number }, home: TalkHome, number: number): string {
  const path = pathInTalk(topic, home, number);
  return home ? path : `${path}#post-${number}`;
}

/** Only out of the very text that was read: after an edit that has not been read yet, there are no words to show. */
export function wordsOf({ part, start, end, textHash: hash, topicTitle, bodyText }: Pick<Row, "part" | "start" | "end" | "textHash" | "topicTitle" | "bodyText">): string | null {
  const whole = part === "title" ? topicTitle! : bodyText;
  return textHash(whole) === hash ? whole.slice(start, end) : null;
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
