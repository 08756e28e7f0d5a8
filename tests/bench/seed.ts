import { createHash, randomBytes } from "node:crypto";
import postgres, { type TransactionSql } from "postgres";
import { renderedBody, RENDER_VERSION } from "#app/core/render-rich-text.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import { SESSION_COOKIE } from "#app/core/session.ts";
import { activeModel } from "#app/insights/active-model.ts";
import { readGlossary } from "#app/insights/areas.ts";
import { readerOf } from "#app/insights/mine-posts.ts";
import { db } from "#db/client.ts";

export const MEMBERS = 1000;
const DIVISIONS = 5;
const CATEGORIES = 30;
const TAGS = 200;
const BODIES = 64;
const POSTS_PER_TOPIC = 10;
/** From this many posts on there is a topic of 100,000 among them. */
const POSTS_WITH_LONGEST = 500_000;

export type Places = {
  home: string; category: string; topic20: string; page50: string; profile: string; topic100k: string | null;
  /** A tag that many topics bear, one that few do, and one that is only on old ones. */
  tags: string[];
  /** Different ones, for pages that nobody asked for before. */
  topics: string[];
  writable: string[];
  cookies: string[];
};

/** Fills a migrated, empty database in bulk. Triggers and references rest meanwhile; what they keep is made at the end. */
export async function seed(url: string, posts: number): Promise<Places> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { maintenance_work_mem: "512MB", synchronous_commit: "off" } });
  const topics = Math.max(200, Math.round(posts / POSTS_PER_TOPIC));
  const longest = posts >= POSTS_WITH_LONGEST ? 100_000 : POSTS_PER_TOPIC;
  const tokens = Array.from({ length: MEMBERS }, () => randomBytes(24).toString("base64url"));

  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await addPeople(tx, tokens);
    await addPlaces(tx);
    const indexes = await dropIndexes(tx, ["posts", "topics", "topic_tags", "search_documents"]);
    await addTalk(tx, topics, longest);
    await addReading(tx, topics);
    await addSearch(tx);
    await addTags(tx);
    await tx`select search_put_topics(array(select id from topics))`;
    await markMined(tx);
    for (const index of indexes) await tx.unsafe(index);
    for (const table of ["members", "divisions", "categories", "topics", "tags"]) await tx`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${tx(table)}))`;
  });
  await sql`vacuum analyze`;
  await sql.end();
  const topicAt = (id: number) => `/t/pump-of-house-${id}/${id}`;
  return {
    home: "/", category: "/c/category-1/1", topic20: `${topicAt(1)}/1`, page50: `${topicAt(2)}/981`, profile: "/u/member1",
    topic100k: longest > POSTS_PER_TOPIC ? topicAt(3) : null,
    tags: ["/tag/tag-1", `/tag/tag-${TAGS}`, "/tag/tag-of-old"],
    topics: Array.from({ length: 2000 }, (_, n) => `${topicAt(4 + ((n * 7919) % (topics - 4)))}/1`),
    writable: Array.from({ length: 10 }, (_, n) => topicAt(n + 100)),
    cookies: tokens.map((token) => `${SESSION_COOKIE}=${token}`),
  };
}

async function addPeople(tx: TransactionSql, tokens: string[]): Promise<void> {
  const hashes = tokens.map((token) => createHash("sha256").update(token).digest("hex"));
  await tx`insert into groups (kind, name) values ('everyone', 'Everyone'), ('members', 'Members'), ('staff', 'Staff') on conflict do nothing`;
  await tx`insert into members (id, username, username_skeleton, name, title, email, email_verified_at, created_at)
    select n, 'member' || n, 'member' || n, 'Member ' || n, case when n % 9 = 0 then 'Rides to work all year' else '' end, 'member' || n || '@example.com', now(), now() - interval '1 year' from generate_series(1, ${MEMBERS}::int) n`;
  await tx`insert into sessions (id, user_id, expires_at) select hash, n, now() + interval '30 days' from unnest(${hashes}::text[]) with ordinality as t(hash, n)`;
}

async function addPlaces(tx: TransactionSql): Promise<void> {
  await tx`insert into divisions (id, slug, name, position) select n, 'division-' || n, 'Division ' || n, n from generate_series(1, ${DIVISIONS}::int) n`;
  await tx`insert into categories (id, division_id, slug, name, inherits_rights, position) select n, 1 + n % ${DIVISIONS}::int, 'category-' || n, 'Category ' || n, false, n from generate_series(1, ${CATEGORIES}::int) n`;
  for (const table of ["category_rights", "category_access"]) {
    await tx`insert into ${tx(table)} (category_id, group_id, level)
      select c.id, g.id, case g.kind when 'everyone' then 'see' else 'create' end::rights_level from categories c cross join groups g`;
  }
}

/** Topic 1 has 20 posts, topic 2 a thousand, topic 3 the hundred thousand where there are so many. */
async function addTalk(tx: TransactionSql, topics: number, longest: number): Promise<void> {
  await tx`create temporary table bodies (n int, body jsonb, body_html text, body_text text) on commit drop`;
  for (let n = 0; n < BODIES; n++) {
    const { body, bodyHtml, bodyText } = renderedBody(markdownToDocument(wordsOfBody(n)));
    await tx`insert into bodies values (${n}, ${tx.json(body as never)}, ${bodyHtml}, ${bodyText})`;
  }
  await tx`create temporary table plan on commit drop as
    select n as id, case n when 1 then 20 when 2 then 1000 when 3 then ${longest}::int else ${POSTS_PER_TOPIC}::int end as posts,
      now() - n * interval '3 minutes' - interval '1 hour' as at from generate_series(1, ${topics}::int) n`;
  await tx`insert into topics (id, category_id, author_id, title, slug, kind, excerpt, last_post_number, post_count, last_post_at, last_post_author_id, participant_ids, created_at, top_score)
    select id, 1 + id % ${CATEGORIES}::int, 1 + id % ${MEMBERS}::int, 'How the pump of house ' || id || ' got its pressure back', 'pump-of-house-' || id,
      case when id % 4 = 0 then 'question' when id % 10 = 1 and id > 1 then 'idea' else 'discussion' end::topic_kind, 'The pump started again after the update and holds its pressure now.',
      posts, posts, at, 1 + (id + posts * 7) % ${MEMBERS}::int, array[1 + id % ${MEMBERS}::int, 1 + (id + 1) % ${MEMBERS}::int, 1 + (id + 2) % ${MEMBERS}::int]::bigint[], at - interval '1 day', (id * 7919) % 9973 / 997.0 from plan`;
  // One body is of one column each time: a post of a thousand likes its words as much as any other.
  await tx`insert into posts (topic_id, number, author_id, reply_to_number, body, body_html, body_text, render_version, created_at, reaction_counts)
    select plan.id, number, 1 + (plan.id + number * 7) % ${MEMBERS}::int, case when number > 3 and number % 3 = 0 then number - 2 end, bodies.body, bodies.body_html, bodies.body_text,
      ${RENDER_VERSION}::int, case when number = 1 then plan.at - interval '1 day' else plan.at - (plan.posts - number) * interval '1 second' end,
      case when (plan.id + number) % 4 = 0 then jsonb_build_object('like', 1 + number % 5) else '{}' end
    from plan cross join lateral generate_series(1, plan.posts) number join bodies on bodies.n = (plan.id * 13 + number * 5) % ${BODIES}::int`;
  await tx`update members set post_count = counted.posts from (select author_id, count(*) as posts from posts group by author_id) counted where counted.author_id = members.id`;
  await tx`update categories set topic_count = counted.topics from (select category_id, count(*) as topics from topics group by category_id) counted where counted.category_id = categories.id`;
}

/** Everyone opened two hundred topics, and read most of them to the end. */
async function addReading(tx: TransactionSql, topics: number): Promise<void> {
  await tx`insert into topic_reads (member_id, topic_id, last_read_number, level)
    select m.id, t.id, case when n % 5 = 0 then greatest(t.last_post_number - 3, 1) else t.last_post_number end, case when n % 10 = 0 then 'tracking' else 'normal' end::follow_level
    from members m cross join generate_series(1, 200) n join topics t on t.id = 1 + (m.id * 31 + n * n * 17) % ${topics}::int
    on conflict do nothing`;
}

/** As db/programs/search.sql makes them; the words of a body are worked out once, not once a post. */
async function addSearch(tx: TransactionSql): Promise<void> {
  await tx`create temporary table body_words on commit drop as select md5(body_text) as hash, search_words_of(body_text, 'D') as reply, search_words_of(body_text, 'C') as lead from bodies`;
  await tx`insert into search_documents (source, source_id, group_id, category_id, author_id, is_lead, created_at, is_recent, version, words, title_words)
    select 'post', posts.id, topics.id, topics.category_id, posts.author_id, posts.number = 1, posts.created_at, posts.id > (select max(id) - 200000 from posts), nextval('search_versions'),
      case when posts.number = 1 then search_words_of(topics.title, 'A') || body_words.lead else body_words.reply end,
      case when posts.number = 1 then to_tsvector('public.wellspring', search_text(topics.title)) || to_tsvector('public.wellspring_plain', search_text(topics.title)) end
    from posts join topics on topics.id = posts.topic_id join body_words on body_words.hash = md5(posts.body_text)`;
}

/** Tag 1 is on every other topic, tag 200 on one in four hundred, one only on the oldest. */
async function addTags(tx: TransactionSql): Promise<void> {
  await tx`insert into tags (id, slug, name) select n, 'tag-' || n, 'tag-' || n from generate_series(1, ${TAGS}::int) n union all select ${TAGS + 1}::int, 'tag-of-old', 'tag-of-old'`;
  await tx`insert into topic_tags (topic_id, tag_id) select topics.id, n from generate_series(1, ${TAGS}::int) n join topics on topics.id % (2 * n) = 0`;
  await tx`insert into topic_tags (topic_id, tag_id) select id, ${TAGS + 1}::int from topics order by id desc limit 60`;
  await tx`insert into tag_counts (tag_id, category_id, topic_count)
    select tagged.tag_id, topics.category_id, count(*) from topic_tags tagged join topics on topics.id = tagged.topic_id group by tagged.tag_id, topics.category_id`;
}

/** As if all had been read for what it says: otherwise that would go on beside everything measured. */
async function markMined(tx: TransactionSql): Promise<void> {
  const model = await activeModel(db);
  if (model) await tx`insert into mined_posts (post_id, fingerprint, model_version) select id, '', ${readerOf(model.facts.version, await readGlossary(db))}::text from posts`;
}

/** Indexes that hold no rule of their own: made once at the end, they cost a fraction. Answers what makes them again. */
async function dropIndexes(tx: TransactionSql, tables: string[]): Promise<string[]> {
  const indexes = await tx<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = any(${tables}::text[]::regclass[]) and not indisunique and not exists (select from pg_constraint where conindid = indexrelid)`;
  for (const { name } of indexes) await tx.unsafe(`drop index ${name}`);
  return indexes.map(({ definition }) => definition);
}

const WORDS = "the pump started again after the update and holds its pressure now while the sensor in the cellar still reports two degrees too much which nobody had seen before the winter".split(" ");

/** What people write: mostly a paragraph or three, now and then a list, a quote, code or a link. */
function wordsOfBody(n: number): string {
  const sentence = (start: number, length: number) => {
    const words = Array.from({ length }, (_, i) => WORDS[(start * 7 + i * (1 + (start % 5))) % WORDS.length]!).join(" ");
    return `${words[0]!.toUpperCase()}${words.slice(1)}.`;
  };
  const parts = [sentence(n, 18 + (n % 30))];
  if (n % 2 === 0) parts.push(sentence(n + 3, 40));
  if (n % 5 === 0) parts.push(`- ${sentence(n + 1, 6)}\n- ${sentence(n + 2, 8)}\n- ${sentence(n + 4, 5)}`);
  if (n % 7 === 0) parts.push(`> ${sentence(n + 5, 14)}`, sentence(n + 6, 12));
  if (n % 9 === 0) parts.push(`\`\`\`js\nconst pressure = readSensor("cellar", ${n});\nif (pressure < 2) restartPump({ seconds: 30 });\n\`\`\``);
  if (n % 11 === 0) parts.push(`See [the manual](https://example.com/manual/${n}) for **page ${n}** and \`E${n}\`.`);
  return parts.join("\n\n");
}
