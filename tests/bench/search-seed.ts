import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import postgres, { type Sql } from "postgres";
import { makeCorpus } from "./search-corpus.ts";

const MEMBERS = 5000;
const CATEGORIES = 60;
/** Every fifth category is seen by staff only, so that each search has something to leave out. */
const isPrivate = "n % 5 = 0";
const YEARS = 8.5;
/** So many posts of a topic in the mean. */
const PER_TOPIC = 9.5;
const RECENT = 100_000;

/** Fills a migrated, empty database: topics and posts by COPY with triggers at rest, then the search documents in one go and their indexes after them. */
export async function seedSearch(url: string, posts: number, say: (line: string) => void): Promise<void> {
  const sql = postgres(url, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {} });
  await sql`set session_replication_role = replica`;
  await sql`set maintenance_work_mem = '512MB'`;
  await sql`set synchronous_commit = off`;
  await seedPlaces(sql);
  const topics = Math.round(posts / PER_TOPIC);
  await copyTopics(sql, topics, posts);
  say(`${posts} posts are there.`);
  await sql`set session_replication_role = origin`;
  await fillDocuments(sql, posts, say);
  await sql`select search_count_words()`;
  for (const table of ["members", "divisions", "categories", "topics", "posts", "tags"]) await sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql(table)}))`;
  await sql`vacuum (freeze, analyze)`;
  await sql.end();
}

async function seedPlaces(sql: Sql): Promise<void> {
  await sql`insert into groups (kind, name) values ('everyone', 'Everyone'), ('members', 'Members'), ('staff', 'Staff') on conflict do nothing`;
  await sql`insert into members (id, username, username_skeleton, name, email, email_verified_at)
    select n, 'member' || n, 'member' || n, 'Member ' || n, 'member' || n || '@example.com', now() from generate_series(1, ${MEMBERS}::int) n`;
  await sql`insert into divisions (id, slug, name) values (1, 'bench', 'Bench')`;
  await sql`insert into categories (id, division_id, slug, name, inherits_rights) select n, 1, 'place-' || n, 'Place ' || n, false from generate_series(1, ${CATEGORIES}::int) n`;
  for (const table of ["category_rights", "category_access"]) {
    await sql`insert into ${sql(table)} (category_id, group_id, level)
      select n, g.id, 'see'::rights_level from generate_series(1, ${CATEGORIES}::int) n cross join groups g where (${sql.unsafe(isPrivate)}) = (g.kind = 'staff')`;
  }
  await sql`insert into tags (id, slug, name) select n, 'topic-' || n, 'topic ' || n from generate_series(1, 300) n`;
}

async function copyTopics(sql: Sql, topics: number, posts: number): Promise<void> {
  const corpus = makeCorpus(7);
  const start = Date.now() - YEARS * 365.25 * 86_400_000;
  const step = (YEARS * 365.25 * 86_400_000) / posts;
  const plan: { subject: number; posts: number }[] = [];
  let left = posts;
  for (let n = 0; n < topics; n++) {
    const size = n === topics - 1 ? left : Math.max(1, Math.min(left - (topics - n - 1), Math.round(-Math.log(1 - corpus.random()) * PER_TOPIC)));
    plan.push({ subject: corpus.subject(), posts: size });
    left -= size;
  }
  // Ids grow with time, as where people write: topics begin one after another, and their answers follow soon.
  const body = '{"type": "doc", "content": []}';
  let postId = 0;
  const moments: string[] = [];
  const rows = function* () {
    for (const [n, { subject, posts: size }] of plan.entries()) {
      for (let number = 1; number <= size; number++) {
        const at = new Date(start + postId * step).toISOString();
        postId++;
        if (number === 1 || number === size) moments[n * 2 + (number === size ? 1 : 0)] = at;
        if (number === 1) moments[n * 2] = at;
        yield [postId, n + 1, number, 1 + Math.floor(corpus.random() ** 3 * MEMBERS), body, "", corpus.text(subject), 1, at].join("\t") + "\n";
      }
    }
  };
  await pipeline(Readable.from(chunked(rows())), await sql`copy posts (id, topic_id, number, author_id, body, body_html, body_text, render_version, created_at) from stdin`.writable());
  const kinds = ["discussion", "discussion", "question", "question", "question", "idea"];
  const topicRows = function* () {
    for (const [n, { subject, posts: size }] of plan.entries()) {
      const author = 1 + Math.floor(corpus.random() ** 3 * MEMBERS);
      const votes = Math.floor(corpus.random() ** 4 * 40);
      yield [n + 1, 1 + Math.floor(corpus.random() * CATEGORIES), author, kinds[n % kinds.length], corpus.title(subject), `topic-${n + 1}`, size, size, votes, moments[n * 2 + 1], moments[n * 2]].join("\t") + "\n";
    }
  };
  await pipeline(Readable.from(chunked(topicRows())), await sql`copy topics (id, category_id, author_id, kind, title, slug, last_post_number, post_count, vote_count, last_post_at, created_at) from stdin`.writable());
  await sql`insert into topic_tags (topic_id, tag_id) select t.id, 1 + (power(random(), 2) * 299)::int from topics t cross join generate_series(1, 3) n on conflict do nothing`;
  await sql`insert into tag_counts (tag_id, category_id, topic_count) select tag_id, category_id, count(*) from topic_tags join topics on topics.id = topic_id group by 1, 2`;
  await sql`update topics t set accepted_post_id = p.id from posts p where p.topic_id = t.id and p.number = 2 and t.kind = 'question' and t.id % 2 = 0`;
  await sql`analyze`;
}

async function fillDocuments(sql: Sql, posts: number, say: (line: string) => void): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = 'search_documents'::regclass and not i.indisunique`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  const BATCH = 20_000;
  for (let from = 1; from <= posts; from += BATCH) {
    // What a job lets go of night by night is old from the start here.
    await sql`alter table search_documents alter column is_recent set default ${sql.unsafe(String(from > posts - RECENT))}`;
    await sql`select search_put_posts(array(select id from posts where id between ${from} and ${from + BATCH - 1}))`;
    if ((from - 1) % 200_000 === 0) say(`${from - 1} documents are there.`);
  }
  await sql`alter table search_documents alter column is_recent set default true`;
  await sql`select search_put_topics(array(select id from topics))`;
  for (const { name, definition } of indexes) {
    await sql.unsafe(definition);
    say(`Index ${name} is there.`);
  }
}

/** Lines in pieces of about 64 KB: a call for each line would cost more than the line. */
function* chunked(lines: Iterable<string>): Iterable<string> {
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length > 65_536) {
      yield piece;
      piece = "";
    }
  }
  if (piece) yield piece;
}
