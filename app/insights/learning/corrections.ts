import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import type { Intent } from "../mining/kinds.ts";
import { textHash } from "../text-hash.ts";
import type { Correction } from "../training/learn-from.ts";

/** Older ones are left: by then the product is another one, and the longer the list the longer it takes. */
const MOST = 2000;

export type IntentCorrection = Correction & { statementId: number };
/** What a person said a statement is about, and where it stands. */
export type AreaCorrection = { statementId: number; postId: number; title: string; text: string; divisionId: number; areaId: number | null; at: number };

type Row = { statementId: string; postId: string; part: "title" | "body"; start: number; end: number; textHash: string; title: string; bodyText: string; divisionId: string; value: string; at: string };

/** What people last said each statement is, in the words that stand there now. Of what was removed nothing is learnt. */
export async function readIntentCorrections(on: Executor): Promise<IntentCorrection[]> {
  return (await readRows(on, "intent")).map(({ statementId, part, title, value, at, text }) => ({ statementId, kind: part === "title" ? "title" : "statement", title: part === "title" ? "" : title, text, intent: value as Intent, at }));
}

/** The same of areas. "None" is an answer, too. */
export async function readAreaCorrections(on: Executor): Promise<AreaCorrection[]> {
  return (await readRows(on, "area")).map(({ statementId, postId, title, value, at, text, divisionId }) => ({ statementId, postId, title, text, divisionId, areaId: value === "none" ? null : Number(value), at }));
}

async function readRows(on: Executor, kind: "intent" | "area") {
  const rows = await on.execute<Row>(sql`
    select * from (
      select distinct on (l.statement_id) l.id, l.statement_id as "statementId", l.value, l.at, s.post_id as "postId", s.part, s.start, s."end", s.text_hash as "textHash",
        t.title, case when s.part = 'body' then p.body_text else '' end as "bodyText", c.division_id as "divisionId"
      from statement_labels l join statements s on s.id = l.statement_id join posts p on p.id = s.post_id join topics t on t.id = s.topic_id join categories c on c.id = t.category_id
      where l.kind = ${kind}::label_kind and p.removed_at is null and t.removed_at is null and c.read_for_feedback
      order by l.statement_id, l.id desc
    ) latest order by id desc limit ${MOST}`);
  return rows.reverse().flatMap((row) => {
    const whole = row.part === "title" ? row.title : row.bodyText;
    // Edited a moment ago, and not read again yet.
    if (textHash(whole) !== row.textHash) return [];
    return [{ ...row, statementId: Number(row.statementId), postId: Number(row.postId), divisionId: Number(row.divisionId), at: new Date(row.at).getTime(), text: whole.slice(row.start, row.end) }];
  });
}
