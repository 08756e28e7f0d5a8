-- Functions and triggers that keep search_documents. Run again whenever this file changes, so everything here can be repeated.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists fuzzystrmatch;

do $$
begin
  if not exists (select from pg_ts_config where cfgname = 'wellspring' and cfgnamespace = 'public'::regnamespace) then
    create text search configuration public.wellspring (copy = pg_catalog.english);
    alter text search configuration public.wellspring
      alter mapping for asciiword, word, hword, hword_part, hword_asciipart, asciihword with public.unaccent, english_stem;
  end if;
  if not exists (select from pg_ts_config where cfgname = 'wellspring_plain' and cfgnamespace = 'public'::regnamespace) then
    create text search configuration public.wellspring_plain (copy = pg_catalog.simple);
    alter text search configuration public.wellspring_plain
      alter mapping for asciiword, word, hword, hword_part, hword_asciipart, asciihword with public.unaccent, simple;
  end if;
end $$;

-- What the parser of PostgreSQL would lose, put into words it keeps. Queries go through it too.
--   C++, C#, .NET        become one word each, where the parser would leave a bare letter
--   Chinese, Japanese, Korean signs stand alone, and a query for several asks for them side by side
--   paths, addresses and snake_case fall apart into their words
--   at most 100,000 characters, because a tsvector holds one megabyte
create or replace function search_text(given text) returns text language sql immutable parallel safe as $$
  select regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    left(given, 100000),
    '([[:alnum:]])\+\+', '\1plusplus', 'g'),
    '\m([A-Za-z])#(?![[:alnum:]])', '\1sharp', 'g'),
    '(^|[^[:alnum:]])\.net\M', '\1 dotnet ', 'gi'),
    '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\uff66-\uff9f])', ' \1 ', 'g'),
    '[/\\_@:=|<>~^*`''"\u2018\u2019\u201c\u201d]', ' ', 'g'),
    '\.(?=[[:alpha:]])', ' ', 'g')
$$;

create or replace function search_words_of(given text, weight "char") returns tsvector language sql immutable parallel safe as $$
  select setweight(to_tsvector('public.wellspring', search_text(given)), weight)
$$;

-- The words of a title as they are and as stems, for beginnings of both.
create or replace function search_title_words(title text) returns tsvector language sql immutable parallel safe as $$
  select to_tsvector('public.wellspring', search_text(title)) || to_tsvector('public.wellspring_plain', search_text(title))
$$;

-- Title A, tags B, text C.
create or replace function search_lead_words(title text, tag_ids bigint[], body text) returns tsvector language sql stable parallel safe as $$
  select search_words_of(title, 'A')
    || search_words_of(coalesce((select string_agg(tags.name, ' ') from tags where id = any (tag_ids)), ''), 'B')
    || search_words_of(body, 'C')
$$;

create or replace function search_tags_of_topic(topic bigint) returns bigint[] language sql stable as $$
  select coalesce(array_agg(tag_id order by tag_id), '{}') from topic_tags where topic_id = topic
$$;

create or replace function search_tags_of_article(article bigint) returns bigint[] language sql stable as $$
  select coalesce(array_agg(tag_id order by tag_id), '{}') from article_tags where article_id = article
$$;

-- The documents of posts, made from what is there now. A hidden post has none. Nor has the opening of the talk about an
-- article or a page, which repeats what that says; the comments there are answers.
create or replace function search_put_posts(post_ids bigint[]) returns void language sql as $$
  delete from search_documents old using posts, topics
  where old.source = 'post' and old.source_id = any (post_ids) and posts.id = old.source_id and topics.id = posts.topic_id
    and (posts.removed_at is not null or topics.removed_at is not null or posts.number = 1 and num_nonnulls(topics.article_id, topics.page_id) > 0);
  insert into search_documents (source, source_id, group_id, category_id, author_id, is_lead, created_at, words, title_words)
  select 'post', posts.id, topics.id, topics.category_id, posts.author_id, posts.number = 1, posts.created_at,
    case when posts.number = 1 then search_lead_words(topics.title, search_tags_of_topic(topics.id), posts.body_text) else search_words_of(posts.body_text, 'D') end,
    case when posts.number = 1 then search_title_words(topics.title) end
  from posts join topics on topics.id = posts.topic_id
  where posts.id = any (post_ids) and posts.removed_at is null and topics.removed_at is null
    and not (posts.number = 1 and num_nonnulls(topics.article_id, topics.page_id) > 0)
  on conflict (source, source_id) do update set
    group_id = excluded.group_id, category_id = excluded.category_id, author_id = excluded.author_id, is_lead = excluded.is_lead,
    words = excluded.words, title_words = excluded.title_words
$$;

create or replace function search_put_topics(topic_ids bigint[]) returns void language sql as $$
  delete from search_groups old where old.source = 'post' and old.group_id = any (topic_ids)
    and not exists (select from topics where id = old.group_id and removed_at is null and unlisted_at is null);
  insert into search_groups (source, group_id, category_id, kind, author_id, is_solved, is_closed, created_at, tag_ids, popularity)
  select 'post', id, category_id, kind, author_id, accepted_post_id is not null, num_nonnulls(locked_at, archived_at) > 0, created_at,
    search_tags_of_topic(id), ln(1 + greatest(0, post_count + vote_count + reaction_count))
  from topics where id = any (topic_ids) and removed_at is null and unlisted_at is null
  on conflict (group_id, source) do update set
    category_id = excluded.category_id, kind = excluded.kind, author_id = excluded.author_id, is_solved = excluded.is_solved,
    is_closed = excluded.is_closed, tag_ids = excluded.tag_ids, popularity = excluded.popularity
$$;

-- Articles that readers see, each its own group.
create or replace function search_put_articles(article_ids bigint[]) returns void language sql as $$
  delete from search_documents old where old.source = 'article' and old.source_id = any (article_ids)
    and not exists (select from articles where id = old.source_id and state = 'published' and removed_at is null);
  delete from search_groups old where old.source = 'article' and old.group_id = any (article_ids)
    and not exists (select from articles where id = old.group_id and state = 'published' and removed_at is null);
  insert into search_documents (source, source_id, group_id, category_id, author_id, is_lead, created_at, words, title_words)
  select 'article', id, id, category_id, author_id, true, published_at, search_lead_words(title, search_tags_of_article(id), body_text), search_title_words(title)
  from articles where id = any (article_ids) and state = 'published' and removed_at is null
  on conflict (source, source_id) do update set
    category_id = excluded.category_id, author_id = excluded.author_id, created_at = excluded.created_at, words = excluded.words, title_words = excluded.title_words;
  insert into search_groups (source, group_id, category_id, kind, author_id, is_closed, created_at, tag_ids)
  select 'article', id, category_id, 'article', author_id, comments_closed_at is not null, published_at, search_tags_of_article(id)
  from articles where id = any (article_ids) and state = 'published' and removed_at is null
  on conflict (group_id, source) do update set
    category_id = excluded.category_id, author_id = excluded.author_id, is_closed = excluded.is_closed, created_at = excluded.created_at, tag_ids = excluded.tag_ids
$$;

-- Pages as readers see them, of the time when that last changed.
create or replace function search_put_pages(page_ids bigint[]) returns void language sql as $$
  delete from search_documents old where old.source = 'page' and old.source_id = any (page_ids)
    and not exists (select from pages where id = old.source_id and published_revision > 0 and not is_template and removed_at is null);
  delete from search_groups old where old.source = 'page' and old.group_id = any (page_ids)
    and not exists (select from pages where id = old.group_id and published_revision > 0 and not is_template and removed_at is null);
  insert into search_documents (source, source_id, group_id, category_id, author_id, is_lead, created_at, words, title_words)
  select 'page', id, id, category_id, created_by_id, true, edited_at, search_lead_words(title, '{}', body_text), search_title_words(title)
  from pages where id = any (page_ids) and published_revision > 0 and not is_template and removed_at is null
  on conflict (source, source_id) do update set
    category_id = excluded.category_id, author_id = excluded.author_id, created_at = excluded.created_at, words = excluded.words, title_words = excluded.title_words;
  insert into search_groups (source, group_id, category_id, kind, author_id, created_at)
  select 'page', id, category_id, 'page', created_by_id, edited_at
  from pages where id = any (page_ids) and published_revision > 0 and not is_template and removed_at is null
  on conflict (group_id, source) do update set category_id = excluded.category_id, author_id = excluded.author_id, created_at = excluded.created_at
$$;

-- A reply just written has no document to take away or to put another in the place of, which is most of the work.
create or replace function search_on_post() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.number > 1 then
    if new.removed_at is null then
      insert into search_documents (source, source_id, group_id, category_id, author_id, is_lead, created_at, words)
      select 'post', new.id, topics.id, topics.category_id, new.author_id, false, new.created_at, search_words_of(new.body_text, 'D')
      from topics where topics.id = new.topic_id and topics.removed_at is null;
    end if;
  else
    perform search_put_posts(array[new.id]);
  end if;
  return null;
end $$;

-- What is deleted takes its document along, and the group that it was all of.
create or replace function search_on_deleted() returns trigger language plpgsql as $$
begin
  delete from search_documents where source = tg_argv[0]::search_source and source_id = old.id and tg_table_name <> 'topics';
  delete from search_groups where source = tg_argv[0]::search_source and group_id = old.id and tg_table_name <> 'posts';
  return null;
end $$;

create or replace function search_on_topic() returns trigger language plpgsql as $$
begin
  perform search_put_topics(array[new.id]);
  if tg_op = 'INSERT' then return null; end if;
  if new.removed_at is distinct from old.removed_at then
    if new.removed_at is not null then delete from search_documents where source = 'post' and group_id = new.id;
    else perform search_put_posts(array(select id from posts where topic_id = new.id)); end if;
  elsif new.title is distinct from old.title then
    perform search_put_posts(array(select id from posts where topic_id = new.id and number = 1));
  end if;
  if new.category_id is distinct from old.category_id then
    update search_documents set category_id = new.category_id where source = 'post' and group_id = new.id;
  end if;
  return null;
end $$;

create or replace function search_on_article() returns trigger language plpgsql as $$
begin
  perform search_put_articles(array[new.id]);
  return null;
end $$;

create or replace function search_on_page() returns trigger language plpgsql as $$
begin
  perform search_put_pages(array[new.id]);
  return null;
end $$;

-- Once for all tags that a statement gave or took.
create or replace function search_on_topic_tags() returns trigger language plpgsql as $$
declare touched bigint[] := array(select distinct topic_id from changed);
begin
  perform search_put_topics(touched);
  perform search_put_posts(array(select id from posts where topic_id = any (touched) and number = 1));
  return null;
end $$;

create or replace function search_on_article_tags() returns trigger language plpgsql as $$
begin
  perform search_put_articles(array(select distinct article_id from changed));
  return null;
end $$;

-- A tag is found by its name in what carries it.
create or replace function search_on_tag() returns trigger language plpgsql as $$
begin
  perform search_put_posts(array(select posts.id from posts join topic_tags on topic_tags.topic_id = posts.topic_id where topic_tags.tag_id = new.id and posts.number = 1));
  perform search_put_articles(array(select article_id from article_tags where tag_id = new.id));
  return null;
end $$;

create or replace trigger search_tags_put after update of name, slug on tags
  for each row when (new.name <> old.name or new.slug <> old.slug) execute function search_on_tag();
create or replace trigger search_posts_put after insert or update of body_text, removed_at, author_id, topic_id, number on posts
  for each row execute function search_on_post();
create or replace trigger search_posts_deleted after delete on posts
  for each row execute function search_on_deleted('post');
create or replace trigger search_topics_made after insert on topics
  for each row execute function search_on_topic();
create or replace trigger search_topics_put after update of title, category_id, removed_at, unlisted_at, kind, author_id, accepted_post_id, locked_at, archived_at on topics
  for each row when ((old.title, old.category_id, old.removed_at, old.unlisted_at, old.kind, old.author_id, old.accepted_post_id, old.locked_at, old.archived_at)
    is distinct from (new.title, new.category_id, new.removed_at, new.unlisted_at, new.kind, new.author_id, new.accepted_post_id, new.locked_at, new.archived_at))
  execute function search_on_topic();
create or replace trigger search_topics_deleted after delete on topics
  for each row execute function search_on_deleted('post');
create or replace trigger search_topic_tags_given after insert on topic_tags
  referencing new table as changed for each statement execute function search_on_topic_tags();
create or replace trigger search_topic_tags_taken after delete on topic_tags
  referencing old table as changed for each statement execute function search_on_topic_tags();
create or replace trigger search_articles_put after insert or update of title, body_text, state, removed_at, category_id, author_id, published_at, comments_closed_at on articles
  for each row execute function search_on_article();
create or replace trigger search_articles_deleted after delete on articles
  for each row execute function search_on_deleted('article');
create or replace trigger search_article_tags_given after insert on article_tags
  referencing new table as changed for each statement execute function search_on_article_tags();
create or replace trigger search_article_tags_taken after delete on article_tags
  referencing old table as changed for each statement execute function search_on_article_tags();
create or replace trigger search_pages_put after insert or update of title, body_text, published_revision, removed_at, is_template, category_id, created_by_id, edited_at on pages
  for each row execute function search_on_page();
create or replace trigger search_pages_deleted after delete on pages
  for each row execute function search_on_deleted('page');

-- Counts the words of the newest documents anew, for corrections.
create or replace function search_count_words() returns void language plpgsql as $$
begin
  create temporary table counted on commit drop as
    select word, sum(ndoc)::int as documents, coalesce((ts_lexize('english_stem', word))[1], word) as stem,
      sum(sum(ndoc)) over (partition by coalesce((ts_lexize('english_stem', word))[1], word))::int as of_stem from ts_stat($q$
      select to_tsvector('public.wellspring_plain', search_text(coalesce(topics.title, articles.title, pages.title, '') || ' ' || coalesce(posts.body_text, articles.body_text, pages.body_text, '')))
      from (select source, source_id from search_documents order by id desc limit 200000) recent
      left join posts on recent.source = 'post' and posts.id = recent.source_id left join topics on topics.id = posts.topic_id and posts.number = 1
      left join articles on recent.source = 'article' and articles.id = recent.source_id left join pages on recent.source = 'page' and pages.id = recent.source_id $q$)
    where word ~ '^[[:alpha:]]{3,40}$' group by word having sum(ndoc) >= 2;
  delete from search_words old where not exists (select from counted where counted.word = old.word);
  insert into search_words (word, documents, stem, of_stem) select word, documents, stem, of_stem from counted
    on conflict (word) do update set documents = excluded.documents, of_stem = excluded.of_stem
    where (search_words.documents, search_words.of_stem) <> (excluded.documents, excluded.of_stem);
end $$;

create index if not exists search_words_by_likeness on search_words using gin (word gin_trgm_ops);
create index if not exists members_by_likeness on members using gin ((lower(username) || ' ' || lower(name)) gin_trgm_ops);
create index if not exists tags_by_likeness on tags using gin (lower(name) gin_trgm_ops);

-- One typed word: its stems side by side where the parser makes several of it (`e-bike`, `中文`), nothing for a stop word.
create or replace function plainto_phrase(given text) returns tsquery language sql immutable parallel safe as $$
  select phraseto_tsquery('public.wellspring', search_text(given))
$$;

-- Every change of a document raises its version, and waits in the outbox where another engine is in use.
create sequence if not exists search_versions;

create or replace function search_raise_version() returns trigger language plpgsql as $$
begin
  -- Growing old is no change: another engine does not know of it.
  if tg_op = 'INSERT' or new.is_recent = old.is_recent then new.version := nextval('search_versions'); end if;
  return new;
end $$;

create or replace function search_tell_others() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.version = old.version then return null; end if;
  if exists (select from search_indexes) then
    insert into search_outbox (source, source_id, version)
    values (coalesce(new.source, old.source), coalesce(new.source_id, old.source_id), coalesce(new.version, nextval('search_versions')))
    on conflict (source, source_id) do update set version = excluded.version, due_at = now(), attempts = 0, parked_because = null;
  end if;
  return null;
end $$;

create or replace trigger search_documents_raise before insert or update on search_documents
  for each row execute function search_raise_version();
create or replace trigger search_documents_tell after insert or update or delete on search_documents
  for each row execute function search_tell_others();

-- What the index of another engine also holds of a topic, though the words stay the same. Without one, nothing is written.
create or replace function search_on_topic_facts() returns trigger language plpgsql as $$
begin
  if (new.kind, new.accepted_post_id is null, new.unlisted_at is null, new.locked_at is null, new.archived_at is null)
    is distinct from (old.kind, old.accepted_post_id is null, old.unlisted_at is null, old.locked_at is null, old.archived_at is null) then
    update search_documents set version = 0 where source = 'post' and group_id = new.id and exists (select from search_indexes);
  end if;
  return null;
end $$;

create or replace trigger search_topics_facts after update of kind, accepted_post_id, unlisted_at, locked_at, archived_at on topics
  for each row execute function search_on_topic_facts();

-- Votes, reactions and replies break ties: they are told when their number has doubled or halved.
create or replace function search_on_topic_popularity() returns trigger language plpgsql as $$
begin
  update search_groups set popularity = ln(1 + greatest(0, new.post_count + new.vote_count + new.reaction_count)) where source = 'post' and group_id = new.id;
  update search_documents set version = 0 where source = 'post' and group_id = new.id and is_lead and exists (select from search_indexes);
  return null;
end $$;

create or replace trigger search_topics_popularity after update of post_count, vote_count, reaction_count on topics
  for each row when (floor(log(2, (1 + new.post_count + new.vote_count + new.reaction_count)::numeric)) <> floor(log(2, (1 + old.post_count + old.vote_count + old.reaction_count)::numeric)))
  execute function search_on_topic_popularity();

-- Another engine knows authors by their name.
create or replace function search_on_member_renamed() returns trigger language plpgsql as $$
begin
  update search_documents set version = 0 where author_id = new.id and exists (select from search_indexes);
  return null;
end $$;

create or replace trigger search_members_renamed after update of username on members
  for each row when (new.username <> old.username) execute function search_on_member_renamed();

-- Ranking reads the words of hundreds of documents: kept in their rows up to 8 KB, not in pieces elsewhere.
alter table search_documents set (toast_tuple_target = 8160);
