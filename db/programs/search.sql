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

-- The document of one post, made from what is there now. A hidden post has none.
create or replace function search_put_posts(post_ids bigint[]) returns void language sql as $$
  delete from search_documents old using posts, topics
  where old.source = 'post' and old.source_id = any (post_ids) and posts.id = old.source_id and topics.id = posts.topic_id
    and (posts.removed_at is not null or topics.removed_at is not null);
  insert into search_documents (source, source_id, group_id, category_id, author_id, is_lead, created_at, words, title_words)
  select 'post', posts.id, topics.id, topics.category_id, posts.author_id, posts.number = 1, posts.created_at,
    case when posts.number = 1
      then search_words_of(topics.title, 'A')
        || search_words_of(coalesce((select string_agg(tags.name, ' ') from topic_tags join tags on tags.id = topic_tags.tag_id where topic_tags.topic_id = topics.id), ''), 'B')
        || search_words_of(posts.body_text, 'C')
      else search_words_of(posts.body_text, 'D') end,
    case when posts.number = 1 then to_tsvector('public.wellspring', search_text(topics.title)) || to_tsvector('public.wellspring_plain', search_text(topics.title)) end
  from posts join topics on topics.id = posts.topic_id
  where posts.id = any (post_ids) and posts.removed_at is null and topics.removed_at is null
  on conflict (source, source_id) do update set
    group_id = excluded.group_id, category_id = excluded.category_id, author_id = excluded.author_id, is_lead = excluded.is_lead,
    words = excluded.words, title_words = excluded.title_words
$$;

create or replace function search_on_post() returns trigger language plpgsql as $$
begin
  perform search_put_posts(array[new.id]);
  return null;
end $$;

create or replace function search_on_post_deleted() returns trigger language plpgsql as $$
begin
  delete from search_documents where source = 'post' and source_id = old.id;
  return null;
end $$;

create or replace function search_on_topic() returns trigger language plpgsql as $$
begin
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

create or replace function search_on_topic_tag() returns trigger language plpgsql as $$
begin
  perform search_put_posts(array(select id from posts where topic_id = coalesce(new.topic_id, old.topic_id) and number = 1));
  return null;
end $$;

-- A tag is found by its name in the topics that carry it.
create or replace function search_on_tag() returns trigger language plpgsql as $$
begin
  perform search_put_posts(array(select posts.id from posts join topic_tags on topic_tags.topic_id = posts.topic_id where topic_tags.tag_id = new.id and posts.number = 1));
  return null;
end $$;

create or replace trigger search_tags_put after update of name, slug on tags
  for each row when (new.name <> old.name or new.slug <> old.slug) execute function search_on_tag();
create or replace trigger search_posts_put after insert or update of body_text, removed_at, author_id, topic_id, number on posts
  for each row execute function search_on_post();
create or replace trigger search_posts_deleted after delete on posts
  for each row execute function search_on_post_deleted();
create or replace trigger search_topics_put after update of title, category_id, removed_at on topics
  for each row execute function search_on_topic();
create or replace trigger search_topic_tags_put after insert or delete on topic_tags
  for each row execute function search_on_topic_tag();

-- Counts the words of the newest documents anew, for corrections.
create or replace function search_count_words() returns void language plpgsql as $$
begin
  create temporary table counted on commit drop as
    select word, sum(ndoc)::int as documents from ts_stat($q$
      select to_tsvector('public.wellspring_plain', search_text(coalesce(topics.title, '') || ' ' || posts.body_text))
      from (select source_id from search_documents where source = 'post' order by id desc limit 200000) recent
      join posts on posts.id = recent.source_id left join topics on topics.id = posts.topic_id and posts.number = 1 $q$)
    where word ~ '^[[:alpha:]]{3,40}$' group by word having sum(ndoc) >= 2;
  delete from search_words old where not exists (select from counted where counted.word = old.word);
  insert into search_words select word, documents from counted
    on conflict (word) do update set documents = excluded.documents where search_words.documents <> excluded.documents;
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
  new.version := nextval('search_versions');
  return new;
end $$;

create or replace function search_tell_others() returns trigger language plpgsql as $$
begin
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

-- What the index of another engine also holds of a topic, though the words stay the same.
create or replace function search_on_topic_facts() returns trigger language plpgsql as $$
begin
  if (new.kind, new.accepted_post_id is null, new.unlisted_at is null, new.locked_at is null)
    is distinct from (old.kind, old.accepted_post_id is null, old.unlisted_at is null, old.locked_at is null) then
    update search_documents set version = 0 where source = 'post' and group_id = new.id;
  end if;
  return null;
end $$;

create or replace trigger search_topics_facts after update of kind, accepted_post_id, unlisted_at, locked_at on topics
  for each row execute function search_on_topic_facts();

-- Votes, reactions and replies break ties in another engine: its lead is told when their number has doubled or halved.
create or replace function search_on_topic_popularity() returns trigger language plpgsql as $$
begin
  update search_documents set version = 0 where source = 'post' and group_id = new.id and is_lead;
  return null;
end $$;

create or replace trigger search_topics_popularity after update of post_count, vote_count, reaction_count on topics
  for each row when (floor(log(2, (1 + new.post_count + new.vote_count + new.reaction_count)::numeric)) <> floor(log(2, (1 + old.post_count + old.vote_count + old.reaction_count)::numeric)))
  execute function search_on_topic_popularity();

-- Another engine knows authors by their name.
create or replace function search_on_member_renamed() returns trigger language plpgsql as $$
begin
  update search_documents set version = 0 where author_id = new.id;
  return null;
end $$;

create or replace trigger search_members_renamed after update of username on members
  for each row when (new.username <> old.username) execute function search_on_member_renamed();

-- Ranking reads the words of a thousand documents: kept in their rows up to 8 KB, not in pieces elsewhere.
alter table search_documents set (toast_tuple_target = 8160);
