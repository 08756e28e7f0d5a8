import { createHash, randomBytes } from "node:crypto";
import postgres from "postgres";
import { RENDER_VERSION, renderedBody } from "#app/core/render-rich-text.ts";
import { SESSION_COOKIE } from "#app/core/session.ts";

export const MEMBERS = 1000;
export type Places = { home: string; category: string; topic20: string; page50: string; profile: string; topic100k: string | null; writable: string[]; cookies: string[] };

const WORDS = "the pump started again after the update and holds its pressure now while the sensor in the cellar still reports two degrees too much which nobody had seen before the winter".split(" ");

/** Fills a migrated, empty database in bulk: 5,000 topics with 50,000 posts, or a million posts. Triggers and references rest meanwhile. */
export async function seed(url: string, posts: 50_000 | 1_000_000): Promise<Places> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const perTopic = 10;
  const topics = posts / perTopic;
  const long = posts === 1_000_000 ? 100_000 : 0;
  const bodies = Array.from({ length: 16 }, (_, n) => {
    const sentence = Array.from({ length: 60 }, (_, i) => WORDS[(n * 7 + i * (n + 3)) % WORDS.length]).join(" ");
    const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
    return renderedBody({ type: "doc", content: [paragraph(`${sentence}.`), paragraph(`${sentence} ${n}.`)] });
  });
  const tokens = Array.from({ length: MEMBERS }, () => randomBytes(24).toString("base64url"));

  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into groups (kind, name) values ('everyone', 'Everyone'), ('members', 'Members'), ('staff', 'Staff') on conflict do nothing`;
    await tx`insert into members (id, username, username_skeleton, name, email, email_verified_at)
      select n, 'member' || n, 'member' || n, 'Member ' || n, 'member' || n || '@example.com', now() from generate_series(1, ${MEMBERS}::int) n`;
    await tx`insert into sessions (id, user_id, expires_at)
      select hash, n, now() + interval '10 days' from unnest(${tokens.map((token) => createHash("sha256").update(token).digest("hex"))}::text[]) with ordinality as t(hash, n)`;
    await tx`insert into divisions (id, slug, name) values (1, 'bench', 'Bench')`;
    await tx`insert into categories (id, division_id, slug, name, inherits_rights) select n, 1, 'category-' || n, 'Category ' || n, false from generate_series(1, 10) n`;
    for (const table of ["category_rights", "category_access"]) {
      await tx`insert into ${tx(table)} (category_id, group_id, level)
        select c.id, g.id, case g.kind when 'everyone' then 'see' else 'create' end::rights_level from categories c cross join groups g`;
    }
    await tx`create temporary table bodies (n int, body jsonb, body_html text, body_text text) on commit drop`;
    for (const [n, one] of bodies.entries()) await tx`insert into bodies values (${n}, ${tx.json(one.body as never)}, ${one.bodyHtml}, ${one.bodyText})`;
    // Topic 1 has 20 posts, topic 2 a thousand, topic 3 the hundred thousand where they are asked for.
    await tx`create temporary table plan on commit drop as
      select n as id, case n when 1 then 20 when 2 then 1000 when 3 then greatest(${long}::int, 10) else ${perTopic}::int end as posts,
        now() - (n % 100000) * interval '1 minute' - interval '1 hour' as at from generate_series(1, ${topics}::int) n`;
    await tx`insert into topics (id, category_id, author_id, title, slug, excerpt, last_post_number, post_count, last_post_at, last_post_author_id, participant_ids, created_at, top_score)
      select id, 1 + id % 10, 1 + id % ${MEMBERS}::int, 'How the pump of house ' || id || ' got its pressure back', 'pump-of-house-' || id, 'the pump started again after the update',
        posts, posts, at, 1 + (id + 1) % ${MEMBERS}::int, array[1 + id % ${MEMBERS}::int, 1 + (id + 1) % ${MEMBERS}::int]::bigint[], at - interval '1 day', id % 97 from plan`;
    await tx`insert into posts (topic_id, number, author_id, body, body_html, body_text, render_version, created_at)
      select plan.id, number, 1 + (plan.id + number * 7) % ${MEMBERS}::int, bodies.body, bodies.body_html, bodies.body_text, ${RENDER_VERSION}::int, plan.at - (plan.posts - number) * interval '1 minute'
      from plan cross join lateral generate_series(1, plan.posts) number join bodies on bodies.n = (plan.id + number) % 16`;
    for (const table of ["members", "divisions", "categories", "topics"]) await tx`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${tx(table)}))`;
  });
  await sql`vacuum analyze`;
  await sql.end();
  return {
    home: "/", category: "/c/category-1/1", topic20: "/t/pump-of-house-1/1", page50: "/t/pump-of-house-2/2/981", profile: "/u/member1",
    topic100k: long ? "/t/pump-of-house-3/3" : null,
    writable: Array.from({ length: 10 }, (_, n) => `/t/pump-of-house-${n + 100}/${n + 100}`),
    cookies: tokens.map((token) => `${SESSION_COOKIE}=${token}`),
  };
}
