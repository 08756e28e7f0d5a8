-- Keeps evidence with its source where no event tells of a change. Run again whenever this file changes, so everything here can be repeated.

-- Whoever a post is given to, such as the neutral name that stays when a member is erased, has said what stands in it.
create or replace function insights_on_author() returns trigger language plpgsql as $$
begin
  update statements set author_id = new.author_id where post_id = new.id;
  perform graphile_worker.add_job('insights.recount', json_build_object('memberId', new.author_id), job_key => 'insights.recount:' || new.author_id);
  return null;
end $$;

-- Posts go for good when what they talk about does. Their statements go with them, and the themes must be counted without.
create or replace function insights_on_post_deleted() returns trigger language plpgsql as $$
declare gone json;
begin
  select json_build_object('themeIds', coalesce(json_agg(distinct theme_id) filter (where theme_id is not null), '[]'), 'clusterIds', coalesce(json_agg(distinct cluster_id) filter (where cluster_id is not null), '[]'))
    into gone from statements where post_id = old.id having count(coalesce(theme_id, cluster_id)) > 0;
  if gone is not null then perform graphile_worker.add_job('insights.recount', gone); end if;
  return old;
end $$;

-- The talk about an article or a page follows it without an event of its own.
create or replace function insights_on_talk() returns trigger language plpgsql as $$
begin
  perform graphile_worker.add_job('insights.mine-topic', json_build_object('topicId', new.id), job_key => 'insights.mine-topic:' || new.id);
  return null;
end $$;

create or replace trigger insights_author_follows after update of author_id on posts
  for each row when (old.author_id <> new.author_id) execute function insights_on_author();
create or replace trigger insights_post_deleted before delete on posts for each row execute function insights_on_post_deleted();
create or replace trigger insights_talk_follows after update of category_id, title, removed_at on topics
  for each row when (num_nonnulls(new.article_id, new.page_id) > 0 and (old.category_id, old.title, old.removed_at) is distinct from (new.category_id, new.title, new.removed_at))
  execute function insights_on_talk();
