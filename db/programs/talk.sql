-- Keeps the talk about an article or a page where its subject is. Run again whenever this file changes, so everything here can be repeated.
-- In triggers, because a moment in which the words of a hidden article can be read is one too many, whoever hides it.

create or replace function talk_follow(talk topics, place bigint, called text, is_shown boolean) returns void language plpgsql as $$
begin
  if talk.category_id <> place then
    update categories set topic_count = topic_count - 1 where id = talk.category_id and talk.removed_at is null;
    update categories set topic_count = topic_count + 1 where id = place and talk.removed_at is null;
  end if;
  if not is_shown and talk.removed_at is null then
    update topics set removed_at = now(), is_removed_with_subject = true where id = talk.id;
    update categories set topic_count = topic_count - 1 where id = place;
    update members set topic_count = topic_count - 1 where id = talk.author_id;
  elsif is_shown and talk.is_removed_with_subject then
    update topics set removed_at = null, is_removed_with_subject = false where id = talk.id;
    update categories set topic_count = topic_count + 1 where id = place;
    update members set topic_count = topic_count + 1 where id = talk.author_id;
  end if;
  update topics set category_id = place, title = called, version = version + 1
    where id = talk.id and (category_id <> place or title <> called);
end $$;

create or replace function talk_on_article() returns trigger language plpgsql as $$
declare talk topics;
begin
  select * into talk from topics where article_id = new.id for update;
  if found then perform talk_follow(talk, new.category_id, new.title, new.state = 'published' and new.removed_at is null); end if;
  return null;
end $$;

create or replace function talk_on_page() returns trigger language plpgsql as $$
declare talk topics;
begin
  select * into talk from topics where page_id = new.id for update;
  if found then perform talk_follow(talk, new.category_id, new.title, new.published_revision > 0 and new.removed_at is null); end if;
  return null;
end $$;

create or replace trigger talk_follows_article after update of category_id, title, state, removed_at on articles
  for each row when ((old.category_id, old.title, old.state, old.removed_at) is distinct from (new.category_id, new.title, new.state, new.removed_at))
  execute function talk_on_article();
create or replace trigger talk_follows_page after update of category_id, title, published_revision, removed_at on pages
  for each row when ((old.category_id, old.title, old.published_revision > 0, old.removed_at) is distinct from (new.category_id, new.title, new.published_revision > 0, new.removed_at))
  execute function talk_on_page();
