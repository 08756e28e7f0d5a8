-- Functions and triggers that keep tag_counts. Run again whenever this file changes, so everything here can be repeated.

create or replace function tag_counts_change(tag bigint, category bigint, change integer) returns void language plpgsql as $$
begin
  if change < 0 then
    -- The tag itself may be on its way out: nothing is made for it again.
    update tag_counts set topic_count = topic_count + change where tag_id = tag and category_id = category;
  else
    insert into tag_counts (tag_id, category_id, topic_count) values (tag, category, change)
      on conflict (tag_id, category_id) do update set topic_count = tag_counts.topic_count + excluded.topic_count;
  end if;
end $$;

create or replace function tag_counts_on_tagged() returns trigger language plpgsql as $$
declare
  touched topic_tags := coalesce(new, old);
  place bigint;
begin
  -- A topic that is being deleted is not found any more: its own trigger has counted.
  select category_id into place from topics where id = touched.topic_id and removed_at is null and unlisted_at is null;
  if found then perform tag_counts_change(touched.tag_id, place, case tg_op when 'INSERT' then 1 else -1 end); end if;
  return null;
end $$;

create or replace function tag_counts_on_topic() returns trigger language plpgsql as $$
begin
  if old.removed_at is null and old.unlisted_at is null then
    perform tag_counts_change(tag_id, old.category_id, -1) from (select tag_id from topic_tags where topic_id = old.id order by tag_id) tagged;
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if new.removed_at is null and new.unlisted_at is null then
    perform tag_counts_change(tag_id, new.category_id, 1) from (select tag_id from topic_tags where topic_id = new.id order by tag_id) tagged;
  end if;
  return null;
end $$;

create or replace trigger tag_counts_tagged after insert or delete on topic_tags for each row execute function tag_counts_on_tagged();
create or replace trigger tag_counts_topic_changed after update of category_id, removed_at, unlisted_at on topics
  for each row when (old.category_id <> new.category_id or (old.removed_at is null) <> (new.removed_at is null) or (old.unlisted_at is null) <> (new.unlisted_at is null))
  execute function tag_counts_on_topic();
create or replace trigger tag_counts_topic_deleted before delete on topics for each row execute function tag_counts_on_topic();

delete from tag_counts;
insert into tag_counts (tag_id, category_id, topic_count)
  select tagged.tag_id, topics.category_id, count(*) from topic_tags tagged join topics on topics.id = tagged.topic_id
  where topics.removed_at is null and topics.unlisted_at is null group by tagged.tag_id, topics.category_id;
