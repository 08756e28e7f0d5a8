import { sql, type SQL } from "drizzle-orm";
import { db } from "#db/client.ts";
import { themeMeanings } from "#db/schema/insights.ts";
import { shippedModel } from "./active-model.ts";
import { unit, without } from "./directions.ts";
import { embed, encoderName } from "./encoder/encoder.ts";
import { DIMENSIONS, WIDTH } from "./encoder/shape.ts";

/** So many statements say what a theme means: titles, and what is most like the rest of it. */
const READ = 40;
/** Themes in one stretch: some seconds' work of the encoder. */
const BATCH = 10;

/**
 * Has the encoder read themes that are new or have become a tenth larger or smaller since it last did, the highest score
 * first. Answers whether there may be more.
 */
export async function weighMeanings(batch = BATCH): Promise<boolean> {
  await db.execute(sql`delete from theme_meanings m using themes t where t.id = m.theme_id and (t.merged_into_id is not null or t.statement_count = 0)`);
  const encoder = encoderName();
  const due = await db.execute<{ id: string; statementCount: number }>(sql`
    select t.id, t.statement_count as "statementCount" from themes t left join theme_meanings m on m.theme_id = t.id and m.encoder = ${encoder}
    where t.merged_into_id is null and t.statement_count > 0 and (m.theme_id is null or abs(m.statement_count - t.statement_count) > t.statement_count / 10)
    order by t.score desc nulls last, t.id limit ${batch}`);
  for (const { id, statementCount } of due) {
    const made = { direction: bytesOf((await meaningOf(sql`s.theme_id in (select id from themes where id = ${id} or merged_into_id = ${id})`))!), statementCount, encoder };
    await db.insert(themeMeanings).values({ themeId: Number(id), ...made }).onConflictDoUpdate({ target: themeMeanings.themeId, set: made });
  }
  return due.length === batch;
}

/**
 * What some statements mean, or null when there are none: the mean of what the encoder's last layer makes of each, all one
 * long, without what it makes of any text whatever. It was trained so that texts on the same subject point the same way, and
 * all of them point a little the same way. Their topics' titles are left out: what one topic holds is not yet the same.
 * `those` says which statements `s`.
 */
export async function meaningOf(those: SQL, most = READ): Promise<Float64Array | null> {
  const rows = await db.execute<{ whole: string; start: number; end: number }>(sql`
    select case when s.part = 'title' then tt.title else p.body_text end as whole, s.start, s."end"
    from statements s join posts p on p.id = s.post_id join topics tt on tt.id = s.topic_id
    where ${those} and s.excluded is null
    order by s.part = 'title' desc, s.similarity desc nulls last, s.id limit ${most}`);
  if (rows.length === 0) return null;
  const sum = new Float64Array(WIDTH);
  for (const { whole, start, end } of rows) unit(Float64Array.from(lastLayer(await embed(whole.slice(start, end))))).forEach((value, at) => (sum[at]! += value));
  const ofAnyText = unit(Float64Array.from(lastLayer(shippedModel()!.second!.mean)));
  return unit(without(unit(sum), ofAnyText));
}

function lastLayer(embedding: Float32Array): Float32Array {
  return embedding.subarray(DIMENSIONS - WIDTH);
}

function bytesOf(direction: Float64Array): Buffer {
  const bytes = Buffer.alloc(WIDTH * 4);
  direction.forEach((value, at) => bytes.writeFloatLE(value, at * 4));
  return bytes;
}

export function directionIn(bytes: Buffer): Float64Array {
  return Float64Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
}
