import { expect, test } from "vitest";
import { record } from "#app/core/events.ts";
import { guest } from "#app/core/viewer.ts";
import { readFound } from "#app/discovery/found.ts";
import { createComment } from "#app/forums/talk.ts";
import { listTopics } from "#app/forums/topic-lists.ts";
import { listInbox } from "#app/notifications/inbox.ts";
import { countActivity, listPostsBy, listTopicsBy } from "#app/profiles/activity.ts";
import { db } from "#db/client.ts";
import { articles, blogs } from "#db/schema/blogs.ts";
import { pages, wikis } from "#db/schema/wikis.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

test("comments are found, told of and listed where they are read: under their article or page", async () => {
  const [writer, named] = [await make.member(), await make.member()];
  const body: RichText = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Quite so, " }, { type: "mention", attrs: { username: named.username } }] }] };
  const article = await make.article({ title: "Pumps", slug: "pumps", blogId: (await make.blog({ slug: "letters" })).id });
  const page = await make.page({ title: "Ovens", slug: "ovens", wikiId: (await make.wiki({ slug: "almanac" })).id });
  const topic = await make.topic({ slug: "valves" });
  await make.post({ topicId: topic.id });
  const subject = { authorId: article.authorId, opening: text("It is about this.") };
  const onArticle = await createComment(writer, { articleId: article.id }, { ...subject, categoryId: article.categoryId, title: article.title }, { body, key: undefined });
  const onPage = await createComment(writer, { pageId: page.id }, { ...subject, categoryId: page.categoryId, title: page.title }, { body, key: undefined });
  const said = await make.post({ topicId: topic.id, authorId: writer.id });
  await finishWork();

  const [underArticle, underPage] = [`/b/letters/pumps-${article.id}?comment=2#post-2`, `/w/almanac/ovens-${page.id}?comment=2#post-2`];
  expect((await listInbox(db, named)).map(({ kind, href }) => [kind, href]).sort()).toEqual([["mention", underArticle], ["mention", underPage]]);
  const hits = [onArticle.id, onPage.id, said.id].map((sourceId) => ({ source: "post" as const, sourceId, groupId: 1, score: 1 }));
  expect((await readFound(db, guest, hits as never, "quite")).map(({ path }) => path)).toEqual([underArticle, underPage, `/t/valves/${topic.id}/2`]);
  expect((await listPostsBy(db, guest, writer.id)).items.map(({ path }) => path).sort()).toEqual([underArticle, `/t/valves/${topic.id}/2`, underPage]);
  expect((await listTopics(db, guest, { sort: "latest" })).topics.map(({ title, home }) => [title, home])).toEqual(expect.arrayContaining([["Pumps", underArticle.split("?")[0]], ["Ovens", underPage.split("?")[0]], [topic.title, null]]));
  const latest = await (await visit("/latest")).text();
  expect([latest.includes(`href="/b/letters/pumps-${article.id}"`), latest.includes(`href="/w/almanac/ovens-${page.id}"`), latest.includes(`href="/t/valves/${topic.id}"`), latest.includes(`/t/pumps/`)]).toEqual([true, true, true, false]);
  // Who wrote the article did not start the talk about it.
  expect([(await listTopicsBy(db, guest, article.authorId)).items, (await countActivity(db, guest, article.authorId)).topics]).toEqual([[], 0]);
  for (const [path, words] of [[underArticle, "Pumps"], [underPage, "Ovens"]] as const) {
    const html = await (await visit(path.split("#")[0]!)).text();
    expect([html.includes('id="post-2"'), html.includes(words)]).toEqual([true, true]);
  }
});

test("a line about the talk as a whole leads to what it is about, also when its talk was opened by somebody", async () => {
  const watcher = await make.member();
  const article = await make.article({ slug: "pumps", blogId: (await make.blog({ slug: "letters" })).id });
  const { topicId } = await createComment(watcher, { articleId: article.id }, { categoryId: article.categoryId, authorId: article.authorId, title: "x", opening: text("x") }, { body: text("First."), key: undefined });
  await finishWork();
  const closer = await make.member({ role: "moderator" });
  await db.transaction((tx) => record(tx, { type: "topic.changed", change: "closed", topicId, categoryId: article.categoryId, actorId: closer.id }));
  await finishWork();
  const lines = (await listInbox(db, { ...watcher, id: article.authorId })).map(({ href }) => href);
  expect(lines.length).toBeGreaterThan(0);
  for (const href of lines) expect(href).toMatch(new RegExp(`^/b/letters/pumps-${article.id}`));
  expect([await db.$count(articles), await db.$count(blogs), await db.$count(pages), await db.$count(wikis)]).toEqual([1, 1, 0, 0]);
});
