-- How searches are asked: each function answers in one round trip what would otherwise take many. Run again whenever this
-- file changes, so everything here can be repeated.

-- What a word may become by one slip of the fingers: a letter too many, two changed places, another one, one left out.
create or replace function search_slips(typed text) returns text[] language sql immutable parallel safe as $$
  select array_agg(distinct slip) from generate_series(1, char_length(typed) + 1) at cross join lateral (
    select left(typed, at - 1) || substr(typed, at + 1) as slip where at <= char_length(typed)
    union all select left(typed, at - 1) || substr(typed, at + 1, 1) || substr(typed, at, 1) || substr(typed, at + 2) where at < char_length(typed)
    union all select left(typed, at - 1) || letter || substr(typed, at + 1) from unnest(string_to_array('abcdefghijklmnopqrstuvwxyz', null)) letter where at <= char_length(typed)
    union all select left(typed, at - 1) || letter || substr(typed, at) from unnest(string_to_array('abcdefghijklmnopqrstuvwxyz', null)) letter
  ) one
$$;

-- The three likeliest words for one that nobody uses, the more frequent first among equals: those one slip away, which are
-- looked up; only where there is none, those alike by trigrams and at most two letters apart.
create or replace function search_likely(typed text) returns table (word text, of_stem int) language plpgsql stable
set pg_trgm.similarity_threshold = 0.35 as $$
begin
  return query select w.word, w.of_stem from search_words w where w.word = any (search_slips(typed)) and plainto_phrase(w.word)::text <> ''
    order by 0.2 * similarity(w.word, typed) + 0.05 * ln(w.documents) desc, w.word limit 3;
  if found or char_length(typed) < 5 then return; end if;
  return query select w.word, w.of_stem from search_words w
    where w.word % typed and abs(char_length(w.word) - char_length(typed)) <= 2 and levenshtein_less_equal(w.word, typed, 2) <= 2 and plainto_phrase(w.word)::text <> ''
    order by levenshtein(w.word, typed) - 0.2 * similarity(w.word, typed) - 0.05 * ln(w.documents), w.word limit 3;
end $$;

-- All that is known of the words of a search. `plain` are those that are words and nothing else: only they are taken
-- apart or corrected.
--   known     each word (or two written together) as the index asks for it, in how many of the newest documents it is, and
--             in how many with the words that share its stem
--   synonyms  groups of words of which one is looked for
--   halves    the two known words that a rare one may consist of: the pair of which the rarer is commonest
--   likely    for a word that nobody here uses the three likeliest that somebody does
create or replace function search_weigh(words text[], pairs text[], spans text[], plain text[]) returns jsonb
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
declare
  known jsonb;
  rare text[];
  synonyms jsonb;
  halves jsonb := '{}';
  likely jsonb := '[]';
begin
  select jsonb_agg(jsonb_build_object('typed', typed, 'documents', coalesce(w.documents, 0), 'ofStem',
      coalesce(w.of_stem, (select same.of_stem from search_words same where same.stem = (ts_lexize('english_stem', unaccent(typed)))[1] limit 1), 0), 'asked', plainto_phrase(typed)::text)),
    array_agg(typed) filter (where coalesce(w.documents, 0) < 5 and typed = any (plain))
  into known, rare
  from unnest(words || pairs) typed left join search_words w on w.word = unaccent(typed);

  select coalesce(jsonb_agg(jsonb_build_object('words', s.words, 'asked', array(select plainto_phrase(word)::text from unnest(s.words) word))), '[]')
  into synonyms from search_synonyms s where s.words && spans;

  if rare is not null then
    select coalesce(jsonb_object_agg(typed, asked), '{}') into halves from (
      select distinct on (typed) typed, plainto_phrase(first || ' ' || second)::text as asked from (
        select typed, unaccent(left(typed, at)) as first, unaccent(substr(typed, at + 1)) as second
        from unnest(rare) typed cross join lateral generate_series(3, char_length(typed) - 3) at
      ) cut cross join lateral (select (select documents from search_words where word = first) as of_first, (select documents from search_words where word = second) as of_second) counted
      where of_first > 0 and of_second > 0 and plainto_phrase(first)::text <> '' and plainto_phrase(second)::text <> ''
      order by typed, least(of_first, of_second) desc
    ) best;
    select coalesce(jsonb_agg(jsonb_build_object('typed', typed, 'word', word, 'ofStem', of_stem, 'asked', plainto_phrase(word)::text)), '[]') into likely
    from unnest(rare) typed cross join lateral search_likely(unaccent(typed))
    where char_length(typed) >= 3 and not halves ? typed and not exists (select from search_words known_word where known_word.word = unaccent(typed));
  end if;
  return jsonb_build_object('known', known, 'synonyms', synonyms, 'halves', halves, 'likely', likely);
end $$;

-- What operators add to a search, as conditions on a document `d` and on its group `g`. Values are quoted by format().
create or replace function search_conditions(filters jsonb, out docs text, out groups text, out dates text) language plpgsql stable as $$
declare
  named text;
  found bigint;
  ids bigint[];
begin
  docs := ''; groups := ''; dates := '';
  if filters ? 'author' then
    select id into found from members where lower(username) = filters->>'author';
    docs := docs || format(' and d.author_id = %L::bigint', coalesce(found, 0));
  end if;
  if filters ? 'after' then dates := dates || format(' and created_at >= %L::date', filters->>'after'); end if;
  if filters ? 'before' then dates := dates || format(' and created_at < %L::date', filters->>'before'); end if;
  if jsonb_array_length(filters->'kinds') > 0 then groups := groups || format(' and g.kind = any (%L::text[])', array(select jsonb_array_elements_text(filters->'kinds'))); end if;
  for named in select jsonb_array_elements_text(filters->'tags') loop
    ids := array(select tags.id from tags left join tags meant on meant.id = tags.synonym_of_id where tags.slug = named or lower(tags.name) = named or meant.slug = named);
    groups := groups || format(' and g.tag_ids && %L::bigint[]', ids);
  end loop;
  for named in select jsonb_array_elements_text(filters->'is') loop
    if named = 'topic' then docs := docs || ' and d.is_lead';
    elsif named = 'reply' then docs := docs || ' and not d.is_lead';
    else groups := groups || case named
      when 'solved' then ' and g.is_solved'
      when 'unsolved' then ' and g.kind = ''question'' and not g.is_solved'
      when 'closed' then ' and g.is_closed'
      else ' and not g.is_closed' end;
    end if;
  end loop;
end $$;

-- The newest documents that match, at most so many, and how many groups they are of.
create or replace function search_candidates(match text, conditions text, most int, wanted tsquery, seen bigint[], out tids tid[], out groups int) language plpgsql stable as $$
begin
  execute format('select coalesce(array_agg(tid), ''{}''), count(distinct group_id)::int from (
      select d.ctid as tid, d.group_id from search_documents d where %s and d.category_id = any ($2)%s order by d.created_at desc limit %s
    ) found', match, conditions, most) using wanted, seen into tids, groups;
end $$;

-- Groups found, best first, with how many there are and what they are. What costs is reading each document that matches,
-- so it goes by stages and caps: titles and the newest documents; all documents only where those are few; and where even
-- these are few, and `may_be_partial`, those that have some of the words.
--   wanted, any_wanted, most_wanted, none_wanted   all of the words; one of them; all but one (or null); what must not be there (or null)
--   each_wanted, weights                           each word, and its share of what is asked
--   frequency                                      in which share of the documents the rarest word is
--   skip, size                                     which of the groups are wanted
create or replace function search_find(
  wanted tsquery, any_wanted tsquery, most_wanted tsquery, none_wanted tsquery, each_wanted tsquery[], weights float8[], frequency float8,
  seen bigint[], filters jsonb, newest boolean, may_be_partial boolean, skip int, size int
) returns jsonb language plpgsql stable
set plan_cache_mode = force_generic_plan as $$
declare
  -- The most documents of a stage that are ranked, and half as many again by their title.
  most constant int := 400;
  most_titled constant int := 200;
  most_wordless constant int := 500;
  -- Fewer groups than this among the newest documents, and all are asked; fewer than this with all words, and those with some.
  enough constant int := 100;
  few constant int := 10;
  -- In a smaller share of the documents, and all of them are asked at once.
  rare constant float8 := 0.002;
  -- How many of the best are compared closely.
  fine constant int := 50;
  docs text;
  groups text;
  dates text;
  conditions text;
  excluding text;
  tids tid[] := '{}';
  got tid[];
  in_groups int;
  group_ids bigint[];
  is_cut boolean := false;
  is_some boolean := false;
  floor_id bigint;
  answer jsonb;
begin
  select c.docs, c.groups, c.dates into docs, groups, dates from search_conditions(filters) c;
  if filters ? 'place' then
    seen := array(with recursive below as (
      select categories.id from categories join divisions on divisions.id = categories.division_id
      where categories.slug = filters->>'place' or divisions.slug = filters->>'place' or categories.id::text = filters->>'place'
      union select child.id from categories child join below on child.parent_id = below.id) select id from below where id = any (seen));
  end if;
  conditions := docs || dates;
  if groups <> '' then
    -- Asked of each document that matches; and where only few groups are meant, their documents alone are looked at.
    conditions := conditions || format(' and (select true%s from search_groups g where g.group_id = d.group_id and g.source = d.source)', groups);
    execute format('select coalesce(array_agg(group_id), ''{}'') from (select g.group_id from search_groups g where g.category_id = any ($1)%s limit 1001) meant', groups) using seen into group_ids;
    if cardinality(group_ids) <= 1000 then conditions := format(' and d.group_id = any (%L::bigint[])', group_ids) || conditions; end if;
  end if;

  if wanted is not null then
    -- Titles: among the newest first, because a common word is in thousands of them.
    select * into got, in_groups from search_candidates('d.is_lead and d.is_recent and d.title_words @@ $1', conditions, most_titled, wanted, seen);
    if in_groups < enough then select * into got, in_groups from search_candidates('d.is_lead and d.title_words @@ $1', conditions, most_titled, wanted, seen); end if;
    tids := got;
    is_cut := cardinality(got) = most_titled;
    -- A rare word is in few documents altogether: the newest need not be asked first. Of a common one, the newest of the
    -- newest are as many as are wanted.
    got := '{}';
    in_groups := 0;
    if frequency * 100000 > 3 * most and conditions = '' then
      select max(id) - ceil(2 * most / frequency) into floor_id from search_documents;
      select * into got, in_groups from search_candidates('d.words @@ $1 and d.is_recent', format(' and d.id > %s', floor_id), most, wanted, seen);
    end if;
    if in_groups < enough and (frequency is null or frequency > rare) then
      select * into got, in_groups from search_candidates('d.words @@ $1 and d.is_recent', conditions, most, wanted, seen);
    end if;
    if in_groups < enough then select * into got, in_groups from search_candidates('d.words @@ $1', conditions, most, wanted, seen); end if;
    tids := tids || got;
    is_cut := is_cut or cardinality(got) = most;
    if in_groups < few and may_be_partial and cardinality(each_wanted) > 1 and not newest then
      is_some := true;
      excluding := case when none_wanted is null then '' else format(' and not d.words @@ %L::tsquery', none_wanted) end || conditions;
      select * into got, in_groups from search_candidates('d.is_lead and d.is_recent and d.title_words @@ $1', excluding, most_titled, any_wanted, seen);
      if in_groups < few then select * into got, in_groups from search_candidates('d.is_lead and d.title_words @@ $1', excluding, most_titled, any_wanted, seen); end if;
      tids := tids || got;
      if most_wanted is not null then
        select * into got, in_groups from search_candidates('d.words @@ $1 and d.is_recent', conditions, most_titled, most_wanted, seen);
        if in_groups < few then select * into got, in_groups from search_candidates('d.words @@ $1', conditions, most_titled, most_wanted, seen); end if;
        tids := tids || got;
      end if;
    end if;
  elsif filters ? 'author' or filters->'is' ? 'reply' then
    -- Without words: what someone wrote, the newest first, which have the highest numbers.
    execute format('select coalesce(array_agg(tid), ''{}'') from (
        select d.ctid as tid from search_documents d where d.category_id = any ($1)%s order by d.id desc limit %s
      ) found', conditions, most_wordless) using seen into tids;
    is_cut := cardinality(tids) = most_wordless;
  else
    execute format('select coalesce(array_agg(d.ctid), ''{}'') from (
        select g.group_id, g.source from search_groups g where g.category_id = any ($1)%s%s order by g.created_at desc limit %s
      ) g join search_documents d on d.group_id = g.group_id and d.source = g.source and d.is_lead', groups, dates, most_wordless) using seen into tids;
    is_cut := cardinality(tids) = most_wordless;
  end if;

  with scored as materialized (
    -- The words of a document are wide: read for its score and left behind, so that nothing wide is ever sorted. A first
    -- score is asked of hundreds, so it is cheap: what is said, where, a twentieth less for each year of age.
    select d.ctid as tid, d.id, d.source, d.source_id, d.group_id, d.created_at, not is_some or d.words @@ wanted as is_exact,
      case when newest or wanted is null then 0 else
        (ts_rank('{0.12, 0.35, 0.6, 1.0}', d.words, any_wanted, 1) + case when d.is_lead then 0.05 else 0 end)
          * greatest(0.7, 1 - 0.05 * extract(epoch from now() - d.created_at) / 31556952)::float8 end as score
    from (select distinct tid from unnest(tids) tid) candidates join search_documents d on d.ctid = candidates.tid
  ), best as (
    select distinct on (group_id, source) *, count(*) over (partition by group_id, source) as said from scored order by group_id, source, score desc, created_at desc
  ), listed as materialized (
    -- The livelier the talk, and the more of what was found is in it, the better.
    select best.*, g.category_id, g.kind, g.author_id, g.is_solved, extract(year from g.created_at at time zone 'UTC')::int as year, g.tag_ids,
      1 + 0.1 * (g.popularity + 2 * ln(said)) as liveliness, row_number() over (order by score * (1 + 0.1 * (g.popularity + 2 * ln(said))) desc, id desc) as place
    from best join search_groups g on g.group_id = best.group_id and g.source = best.source
  ), compared as materialized (
    -- The best of them looked at closely: how near each other the words are; which share of what was asked the title
    -- says, and how much else it says; and what of it is said in the title, the text or the answer found.
    select listed.id, listed.source, listed.source_id, listed.group_id, (0.5 * score + near * greatest(0.7, 1 - 0.05 * extract(epoch from now() - listed.created_at) / 31556952)::float8
        + coalesce(in_title * (0.8 + 1.5 * named / greatest(3, title_length)), 0))
      * power(case when is_exact then 1 else anywhere end, 2) * liveliness as final
    from listed
    cross join lateral (select own.words || ''::tsvector as words from search_documents own where own.ctid = listed.tid) own
    left join lateral (select lead.words || ''::tsvector as words, lead.title_words || ''::tsvector as title_words, length(lead.title_words) as title_length
      from search_documents lead where lead.group_id = listed.group_id and lead.source = listed.source and lead.is_lead) lead on true
    cross join lateral (
      select coalesce(sum(weight) filter (where lead.title_words @@ query), 0) as in_title, count(*) filter (where lead.title_words @@ query) as named,
        coalesce(sum(weight) filter (where not is_exact and (own.words @@ query or lead.words @@ query)), 0) as anywhere
      from unnest(each_wanted, weights) as one(query, weight)
    ) said
    cross join lateral (select ts_rank_cd('{0.12, 0.35, 0.6, 1.0}', own.words, wanted, 1) as near) nearness
    where place <= case when newest or wanted is null then 0 else fine end
  ), ranked as (
    select id, source, source_id, group_id, null::timestamptz as moment, final, 0 as place from compared
    union all
    select id, source, source_id, group_id, case when newest or wanted is null then created_at end, null, place from listed
    where place > case when newest or wanted is null then 0 else fine end
  ), page as (
    select source, source_id, group_id, row_number() over () as at from (
      select * from ranked order by moment desc nulls first, final desc nulls last, place, id desc offset skip limit size
    ) cut
  ), tagged as (
    select tag_id, count(*) as count from listed cross join unnest(tag_ids) tag_id group by 1 order by 2 desc, 1 limit 20
  ), authors as (
    select author_id, count(*) as count from listed where author_id is not null group by 1 order by 2 desc, 1 limit 10
  )
  select jsonb_build_object(
    'hits', coalesce((select jsonb_agg(jsonb_build_object('source', source, 'sourceId', source_id, 'groupId', group_id) order by at) from page), '[]'),
    'found', (select count(*) from listed),
    'isExact', coalesce((select bool_or(is_exact) from listed), true),
    'facets', jsonb_build_object(
      'category', (select jsonb_agg(jsonb_build_object('value', value::text, 'count', count) order by count desc, value::text) from (select category_id as value, count(*) from listed group by 1) one),
      'kind', (select jsonb_agg(jsonb_build_object('value', value, 'count', count) order by count desc, value) from (select kind as value, count(*) from listed group by 1) one),
      'solved', (select jsonb_agg(jsonb_build_object('value', value::text, 'count', count) order by count desc, value::text) from (select is_solved as value, count(*) from listed where kind = 'question' group by 1) one),
      'year', (select jsonb_agg(jsonb_build_object('value', value::text, 'count', count) order by count desc, value::text) from (select year as value, count(*) from listed group by 1) one),
      'author', (select jsonb_agg(jsonb_build_object('value', username, 'count', count) order by count desc, authors.author_id) from authors join members on members.id = authors.author_id),
      'tag', (select jsonb_agg(jsonb_build_object('value', slug, 'count', count) order by count desc, slug) from tagged join tags on tags.id = tagged.tag_id)
    )) into answer;
  return answer || jsonb_build_object('isCut', is_cut);
end $$;

-- What a text may be the beginning of, among what is seen: titles, people, tags and places.
--   wanted   the words as to_tsquery takes them, the last of them open; begins  a pattern for like, its signs escaped
--   is_short whether it is a letter or two
--   most     how many of each kind
create or replace function search_suggest(wanted tsquery, begins text, is_short boolean, seen bigint[], most_titles int, most int) returns jsonb language plpgsql stable
set plan_cache_mode = force_generic_plan as $$
declare
  titled constant text := 'select coalesce(array_agg(tid), ''{}'') from (
    select d.ctid as tid from search_documents d where d.is_lead and %s and d.title_words @@ $1 and d.category_id = any ($2) %s limit 60) found';
  tids tid[];
  more tid[];
  titles jsonb;
  people jsonb;
  labels jsonb;
  places jsonb;
begin
  -- New ones first, and of all only where few are new. A letter or two begin so many titles that the very newest do.
  if is_short then
    execute format(titled, format('d.is_recent and d.id > %s', (select max(id) - 20000 from search_documents)), 'order by d.created_at desc') using wanted, seen into tids;
  end if;
  if tids is null or cardinality(tids) < most_titles then
    execute format(titled, 'd.is_recent', 'order by d.created_at desc') using wanted, seen into tids;
  end if;
  if cardinality(tids) < most_titles then
    execute format(titled, 'not d.is_recent', '') using wanted, seen into more;
    tids := tids || more;
  end if;
  -- Lively and new ones first; half a year of age weighs as much as nearly three times the posts and votes.
  select coalesce(jsonb_agg(entry order by worth desc), '[]') into titles from (
    select entry, worth from unnest(tids) tid join search_documents d on d.ctid = tid join search_groups g on g.group_id = d.group_id and g.source = d.source and g.category_id = any (seen)
    cross join lateral (
      select jsonb_build_object('kind', 'topic', 'id', t.id, 'slug', t.slug, 'title', t.title, 'place', c.name, 'isSolved', t.accepted_post_id is not null) as entry,
        ln(1 + greatest(0, t.post_count + t.vote_count)) - extract(epoch from now() - t.last_post_at) / 15778476 as worth
      from topics t join categories c on c.id = t.category_id where d.source = 'post' and t.id = d.group_id and t.removed_at is null and t.unlisted_at is null
      union all
      select jsonb_build_object('kind', 'article', 'id', a.id, 'slug', a.slug, 'title', a.title, 'place', b.name, 'placeSlug', b.slug), 2 - extract(epoch from now() - a.published_at) / 15778476
      from articles a join blogs b on b.id = a.blog_id where d.source = 'article' and a.id = d.group_id and a.state = 'published' and a.removed_at is null
      union all
      select jsonb_build_object('kind', 'page', 'id', p.id, 'slug', p.slug, 'title', p.title, 'place', w.name, 'placeSlug', w.slug), 2 - extract(epoch from now() - p.edited_at) / 15778476
      from pages p join wikis w on w.id = p.wiki_id where d.source = 'page' and p.id = d.group_id and p.published_revision > 0 and not p.is_template and p.removed_at is null
    ) one
    order by worth desc limit most_titles
  ) best;
  select coalesce(jsonb_agg(entry), '[]') into people from (
    select jsonb_build_object('kind', 'member', 'username', username, 'name', name, 'label', label, 'avatarFileId', avatar_file_id) as entry from members
    where lower(username) || ' ' || lower(name) like begins or lower(username) || ' ' || lower(name) like '% ' || begins
    order by post_count desc limit most
  ) found;
  select coalesce(jsonb_agg(entry), '[]') into labels from (
    select jsonb_build_object('kind', 'tag', 'slug', slug, 'name', name, 'topics', topics) as entry
    from tags cross join lateral (select sum(topic_count)::int as topics from tag_counts where tag_id = tags.id and category_id = any (seen)) counted
    where synonym_of_id is null and lower(name) like begins and topics > 0 order by topics desc limit most
  ) found;
  select coalesce(jsonb_agg(entry), '[]') into places from (
    (select jsonb_build_object('kind', 'category', 'id', c.id, 'slug', c.slug, 'name', c.name, 'place', d.name) as entry from categories c join divisions d on d.id = c.division_id
      where c.id = any (seen) and c.holds = 'topics' and (lower(c.name) like begins or lower(c.name) like '% ' || begins) order by c.topic_count desc limit most)
    union all
    (select jsonb_build_object('kind', 'blog', 'slug', b.slug, 'name', b.name) from blogs b
      where b.category_id = any (seen) and (lower(b.name) like begins or lower(b.name) like '% ' || begins) order by b.id limit most)
    union all
    (select jsonb_build_object('kind', 'wiki', 'slug', w.slug, 'name', w.name) from wikis w
      where w.category_id = any (seen) and (lower(w.name) like begins or lower(w.name) like '% ' || begins) order by w.id limit most)
    union all
    (select jsonb_build_object('kind', 'division', 'slug', slug, 'name', name) from divisions
      where lower(name) like begins and exists (select from categories where division_id = divisions.id and id = any (seen)) limit most)
  ) found;
  return titles || people || labels || places;
end $$;
