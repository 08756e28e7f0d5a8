-- What erasing the words of a post needs to find them elsewhere. Run again whenever this file changes, so everything here can be repeated.

-- The posts that a text quotes, by their ids.
create or replace function quoted_posts(body jsonb) returns jsonb language sql immutable parallel safe as $$
  select jsonb_path_query_array(body, '$.** ? (@.type == "postQuote").attrs.postId')
$$;

-- Few posts quote another, and only these are looked at: whoever quotes a post is found without reading all that was ever written.
create index if not exists posts_quoting on posts using gin (quoted_posts(body) jsonb_path_ops) where body @? '$.** ? (@.type == "postQuote")';
create index if not exists post_revisions_quoting on post_revisions using gin (quoted_posts(body) jsonb_path_ops) where body @? '$.** ? (@.type == "postQuote")';

-- The words of a text, each once, as search knows them.
create or replace function words_in(given text) returns text[] language sql stable parallel safe as $$
  select tsvector_to_array(to_tsvector('public.wellspring_plain', search_text(given)))
$$;

-- Which words of erased texts stand nowhere else, neither in `kept` nor in anything that can be found. Stop words, and
-- words that many use, are nobody's secret.
create or replace function words_left_nowhere(erased text[], kept text[]) returns text[] language sql stable as $$
  select coalesce(array_agg(word), '{}') from (select distinct unnest(words_in(given)) as word from unnest(erased) given) gone
  where char_length(word) between 3 and 200 and numnode(plainto_phrase(word)) > 0
    and word <> all (coalesce((select array_agg(distinct each) from unnest(kept) given, unnest(words_in(given)) each), '{}'))
    and not exists (select from search_words common where common.word = gone.word and common.documents > 100)
    and not exists (select from search_documents held where held.words @@ plainto_phrase(gone.word))
$$;
