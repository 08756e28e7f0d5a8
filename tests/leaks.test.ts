import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, expect, test, vi } from "vitest";
import { addToGroup, removeFromGroup } from "#app/community/group-members.ts";
import { grantRight } from "#app/community/rights.ts";
import { config } from "#app/core/config.ts";
import { storeImage } from "#app/core/files/files.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import { publishArticle } from "#app/blogs/publish-article.ts";
import { createArticle } from "#app/blogs/save-article.ts";
import { subjectOf } from "#app/blogs/talk-subject.ts";
import { acceptAnswer } from "#app/forums/answers.ts";
import { editTopic } from "#app/forums/change-topic.ts";
import { saveDraft } from "#app/core/drafts.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { pinTopic, setBanner } from "#app/forums/keep-order.ts";
import { react } from "#app/forums/react.ts";
import { markRead } from "#app/forums/reading.ts";
import { createReply } from "#app/forums/replies.ts";
import { createComment } from "#app/forums/talk.ts";
import { createTopic } from "#app/forums/topics.ts";
import { vote } from "#app/forums/votes.ts";
import { followTopic } from "#app/notifications/follow.ts";
import { makeAddress } from "#app/outside/private-feeds.ts";
import { createPage, savePage } from "#app/wikis/save-page.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { articles } from "#db/schema/blogs.ts";
import { posts } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { ask, all, connect } from "#tests/support/connect.ts";
import { ensureGroups } from "#tests/support/groups.ts";
import { make, text } from "#tests/support/make.ts";
import { cookieOf, visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

config.dataDir = mkdtempSync(path.join(tmpdir(), "wellspring-leaks-"));
afterAll(() => rmSync(config.dataDir, { recursive: true, force: true }));

/** The rest of what an article is made of. */
const ofArticle = { excerpt: "", tags: ["velvetmole"], series: "Mornings", part: 1, canonicalUrl: "", cover: "", coverAlt: "", takesComments: true, draftId: undefined, key: undefined };

/** Words that stand nowhere but in what is hidden. */
const secrets = { title: "Zephyrquill", firstTitle: "Wolpertinger", slug: "zephyrquill", body: "marmaladenkrug", firstBody: "quittenkompott", tag: "velvetmole", category: "Quietroom", division: "Nightshade", author: "umbrawriter", group: "Lanternbearers" };

/**
 * A community with one open place and one division behind closed doors, where something is going on; and four who look
 * at it: a guest, a member who may never see it, one who may, and one who took part in it and may no longer.
 */
async function divided() {
  await ensureGroups();
  // Numbers that stand for nothing else on a page.
  await db.execute(sql`select setval(pg_get_serial_sequence('topics', 'id'), 730000), setval(pg_get_serial_sequence('categories', 'id'), 640000)`);
  const [admin, insider, outsider, former, author] = [
    await make.member({ role: "owner", username: "landlady" }), await make.member({ username: "insider" }), await make.member({ username: "outsider" }),
    await make.member({ username: "former" }), await make.member({ username: secrets.author, name: "Umbra Writer" }),
  ];
  const open = await make.category({ everyone: "see", members: "create" }, { name: "Agora", slug: "agora" });
  const openTopic = await createTopic(admin, open.id, { title: "Launch date of the open thing", kind: "question", body: text("It ships in May."), tags: ["launch"], key: undefined });
  await createReply(outsider, openTopic.id, { body: text("Good."), key: undefined });

  const group = await make.group();
  const division = await make.division({ name: `${secrets.division} Labs`, slug: "nightshade-labs" });
  const hidden = await make.category({}, { name: secrets.category, slug: "quietroom", divisionId: division.id });
  await grantRight(admin, { categoryId: hidden.id, groupId: group.id }, "create");
  for (const { id } of [insider, former, author, admin]) await addToGroup(admin, { groupId: group.id, memberId: id });

  const file = await storeImage(author, { name: "plan.jpg", bytes: await sharp({ create: { width: 300, height: 200, channels: 3, background: "red" } }).jpeg().toBuffer() }, "post");
  const picture: RichText = { type: "doc", content: [
    { type: "paragraph", content: [{ type: "text", text: `The ${secrets.firstBody} ships in May. ` }, { type: "mention", attrs: { username: "outsider" } }] },
    { type: "image", attrs: { key: file.storageKey, width: 300, height: 200, alt: "" } },
  ] } as RichText;
  const topic = await createTopic(author, hidden.id, { title: `${secrets.firstTitle} launch date`, kind: "question", body: picture, tags: [secrets.tag, "launch"], key: undefined });
  await followTopic(former, topic.id, "watching");
  await createReply(former, topic.id, { body: text(`I saw the ${secrets.body} too.`), key: undefined });
  await createReply(author, topic.id, { body: text(`The ${secrets.body} is @outsider's.`), key: undefined });
  const [second] = await db.select().from(posts).where(eq(posts.topicId, topic.id)).orderBy(posts.number).offset(1).limit(1);
  await editPost(former, { topicId: topic.id, postNumber: 2 }, { body: text(`I saw the ${secrets.body}, too, at the launch.`), reason: `for the ${secrets.body}`, stamp: stampOf(second!) });
  await editTopic(author, topic.id, { title: `${secrets.title} launch date`, kind: "question", tags: [secrets.tag, "launch"], categoryId: hidden.id, reason: "" });
  await acceptAnswer(author, { topicId: topic.id, postNumber: 2 });
  await react(author, { topicId: topic.id, postNumber: 2 }, { on: "like" });
  await vote(former, topic.id, { on: true });
  await markRead(former, topic.id, 2);
  await pinTopic(admin, topic.id, { scope: "site", until: null });
  await setBanner(admin, topic.id, { on: true });
  await saveDraft(former, `reply:${topic.id}`, { version: 0, title: "", body: "What about the doors?", fields: {} });
  await saveDraft(former, `edit:${second!.id}`, { version: 0, title: "", body: "Another wording", fields: {} });
  const { wiki, openPage, page } = await writtenTogether(admin, author, open.divisionId, group.id);
  const madeOfHidden = await promoted(admin, wiki.id, { title: "Of the doors", parentId: null }, topic.id);
  await promoted(author, wiki.id, { title: `${secrets.title} dates`, parentId: page.id }, openTopic.id);
  const blog = await make.blog({ slug: "quiet-blog", name: `${secrets.category} letters`, categoryId: (await make.category({}, { name: `${secrets.category} letters`, slug: "quiet-letters", divisionId: division.id, holds: "blog" })).id });
  await grantRight(admin, { categoryId: blog.categoryId, groupId: group.id }, "create");
  const article = await createArticle(author, blog.slug, { ...ofArticle, title: `${secrets.title} in print`, body: text(`All of the ${secrets.body}.`) });
  await publishArticle(author, article.id);
  await createArticle(author, blog.slug, { ...ofArticle, title: `${secrets.title} unripe`, body: text("Not yet.") });
  await createComment(former, { articleId: article.id }, subjectOf((await db.select().from(articles).where(eq(articles.id, article.id)))[0]!, blog.slug), { body: text(`The ${secrets.body}!`), key: undefined });
  await finishWork();
  await removeFromGroup(admin, { groupId: group.id, memberId: former.id });
  await finishWork();
  return { admin, insider, outsider, former, author, open, openTopic, division, hidden, group, topic, file, second: second!, wiki, openPage, page, madeOfHidden, article };
}

/** An open wiki with a part that is hidden: a page there that leads to the open one, to itself and to one wished for, with a history. */
async function writtenTogether(admin: Member, author: Member, divisionId: number, groupId: number) {
  const wiki = await make.wiki({ divisionId, slug: "almanac", name: "Almanac" });
  const openPage = await make.page({ wikiId: wiki.id, title: "Launching", slug: "launching", createdById: admin.id });
  const part = await make.category({}, { holds: "wiki", divisionId, parentId: wiki.categoryId, name: `${secrets.category} pages`, slug: "page-part" });
  await grantRight(admin, { categoryId: part.id, groupId }, "create");
  const page = await make.page({ wikiId: wiki.id, categoryId: part.id, parentId: openPage.id, title: `${secrets.firstTitle} plan`, slug: "wolpertinger-plan", createdById: author.id, ownerId: author.id, body: text(`A ${secrets.firstBody}`) });
  const body = markdownToDocument(`The ${secrets.body} is launched: [[Launching]], [[${secrets.tag}]].`);
  await savePage(author, page.id, { title: `${secrets.title} plan`, body, reason: `for the ${secrets.body}`, isMinor: false, intent: "publish", base: 1, draftId: undefined });
  await savePage(admin, openPage.id, { title: "Launching", body: markdownToDocument("Launch it. [[Nothing yet]]"), reason: "", isMinor: false, intent: "publish", base: 1, draftId: undefined });
  return { wiki, openPage, page: (await db.select({ id: pages.id }).from(pages).where(eq(pages.id, page.id)))[0]! };
}
/** A page made of the second post of a topic. */
function promoted(by: Member, wikiId: number, { title, parentId }: { title: string; parentId: number | null }, topicId: number) {
  return createPage(by, wikiId, { title, parentId, body: text("Open them."), isTemplate: false, intent: "publish", fromId: null, draftId: undefined, key: undefined }, { topicId, postNumber: 2, knowsReaders: true });
}
type Divided = Awaited<ReturnType<typeof divided>>;

/** Every address that shows something, and a secret that whoever may see it finds there; null where even they find none. */
const surfaces: [name: string, at: (place: Divided) => string, found: string | null][] = [
  ["home", () => "/", secrets.title],
  ...["latest", "new", "top"].map((list) => [list, () => `/${list}`, secrets.title] as [string, () => string, string]),
  ["top of all time", () => "/top?period=all", secrets.title],
  ["unread", () => "/unread", null],
  ["unanswered", () => "/unanswered", null],
  ["mine", () => "/mine", null],
  ["divisions", () => "/divisions", secrets.division],
  ["the hidden division", () => "/d/nightshade-labs", secrets.title],
  ["the open division", ({ open }) => `/d/division-of-${open.divisionId}`, null],
  ["the open category", ({ open }) => `/c/agora/${open.id}`, null],
  ["the hidden category", ({ hidden }) => `/c/quietroom/${hidden.id}`, secrets.title],
  ["the hidden category by a wrong name", ({ hidden }) => `/c/x/${hidden.id}`, secrets.category.toLowerCase()],
  ["blogs", () => "/blogs", secrets.title],
  ["the hidden blog", () => "/b/quiet-blog", secrets.title],
  ["its series", () => "/b/quiet-blog/series/mornings", secrets.title],
  ["its tag", () => `/b/quiet-blog/tag/${secrets.tag}`, secrets.title],
  ["its writer", () => `/b/quiet-blog/by/${secrets.author}`, secrets.title],
  ["its article by a wrong name", ({ article }) => `/b/x/y-${article.id}`, secrets.slug],
  ["its article", ({ article }) => `/b/quiet-blog/${article.slug}-${article.id}`, secrets.body],
  ...["edit", "history", "publish", "cover"].map((page) => [`${page} of the article`, ({ article }: Divided) => `/b/x/y-${article.id}/${page}`, secrets.slug] as [string, (place: Divided) => string, string]),
  ["an unripe article", ({ article }) => `/b/quiet-blog/x-${article.id + 1}`, null],
  ["a preview that is none", () => `/b/quiet-blog/preview/${"a".repeat(32)}`, null],
  ["write in it", () => "/b/quiet-blog/new", secrets.category],
  ["follow it by its address", () => "/b/quiet-blog/follow", null],
  ["my articles", () => "/my-articles", secrets.category],
  ["blogs to administer", () => "/admin/blogs", null],
  ["the blog to administer", () => "/admin/blogs/1", null],
  ["tags", () => "/tags", secrets.tag],
  ["a tag that is hidden", () => "/tag/hidden-tag-of-them", null],
  ["a tag that both use", () => "/tag/launch", secrets.title],
  ["the topic by a wrong name", ({ topic }) => `/t/x/${topic.id}`, secrets.slug],
  ["a post by a wrong name", ({ topic }) => `/t/x/${topic.id}/2`, secrets.slug],
  ["the stretch of posts", ({ topic }) => `/t/x/${topic.id}/posts?from=1&to=3`, secrets.body],
  ["go to post", ({ topic }) => `/t/x/${topic.id}/jump?to=2`, secrets.slug],
  ["history", ({ topic }) => `/t/x/${topic.id}/2/history`, secrets.title],
  ["history of the opening", ({ topic }) => `/t/x/${topic.id}/1/history`, secrets.title],
  ["reactions", ({ topic }) => `/t/x/${topic.id}/2/reactions`, secrets.author],
  ["replies to a post", ({ topic }) => `/t/x/${topic.id}/2/replies`, null],
  ["edit topic", ({ topic }) => `/t/x/${topic.id}/edit`, null],
  ["edit post", ({ topic }) => `/t/x/${topic.id}/2/edit`, null],
  ["remove post", ({ topic }) => `/t/x/${topic.id}/2/remove`, null],
  ["erase post", ({ topic }) => `/t/x/${topic.id}/2/purge`, null],
  ["erase topic", ({ topic }) => `/t/x/${topic.id}/purge`, null],
  ["erase version", ({ topic }) => `/t/x/${topic.id}/2/history/1/purge`, null],
  ["manage topic", ({ topic }) => `/t/x/${topic.id}/manage`, null],
  ...["react", "accept", "unaccept", "restore"].map((act) => [`${act} by its address`, ({ topic }: Divided) => `/t/x/${topic.id}/2/${act}`, secrets.slug] as [string, (place: Divided) => string, string]),
  ...["vote", "status", "pin", "unpin", "banner", "close", "reopen", "auto-close", "unlist", "archive", "remove"].map((act) => [`${act} by its address`, ({ topic }: Divided) => `/t/x/${topic.id}/${act}`, secrets.slug] as [string, (place: Divided) => string, string]),
  ["a profile", () => "/u/former", null],
  ["what someone wrote", () => "/u/former/posts", secrets.body],
  ["what someone solved", () => "/u/former/solutions", secrets.body],
  ["the outsider's profile", () => "/u/outsider", null],
  ["search", () => "/search?q=launch", secrets.title],
  ["search for newest", () => "/search?q=launch&order=newest", secrets.title],
  ["search within", () => `/search?q=${encodeURIComponent("ships in:quietro")}`, null],
  ["suggestions of topics", () => "/search/suggest?q=laun", secrets.title],
  ["suggestions of tags", () => "/search/suggest?q=velve", secrets.tag],
  ["suggestions of places", () => "/search/suggest?q=quietr", secrets.category],
  ["suggestions of divisions", () => "/search/suggest?q=nights", secrets.division],
  ["suggested tags", () => "/tag-suggestions?q=velve", secrets.tag],
  ["a wiki with a hidden part", () => "/w/almanac", secrets.title],
  ["its pages in order", () => "/w/almanac/arrange", secrets.title],
  ["a new page", () => "/w/almanac/new", secrets.title],
  ["a new page below a hidden one", ({ page }) => `/w/almanac/new?parent=${page.id}`, secrets.title],
  ["a new page from a hidden one", ({ page }) => `/w/almanac/new?from=${page.id}`, secrets.body],
  ["a page called as a hidden one is", () => `/w/almanac/new?title=${secrets.title}+plan`, null],
  ["pages wished for", () => "/w/almanac/loose-ends", secrets.tag],
  ["pages that nothing links to", () => "/w/almanac/loose-ends?show=orphans", secrets.title],
  ["titles of pages", () => "/w/almanac/suggest?q=plan", secrets.title],
  ["drafts to review", () => "/w/almanac/review", null],
  ["an open page above a hidden one", ({ openPage }) => `/w/almanac/launching-${openPage.id}`, secrets.title],
  ["an open page made of a hidden post", ({ madeOfHidden }) => `/w/almanac/of-the-doors-${madeOfHidden.id}`, secrets.title],
  ["an open topic with a hidden page made of it", ({ openTopic }) => `/t/${openTopic.slug}/${openTopic.id}`, secrets.title],
  ["the posts of it", ({ openTopic }) => `/t/${openTopic.slug}/${openTopic.id}/posts?from=1&to=3`, secrets.title],
  ["a page to be made of a hidden post", ({ topic }) => `/t/x/${topic.id}/2/promote`, null],
  ["the form for it", ({ topic }) => `/w/almanac/promote?topic=${topic.id}&post=2`, secrets.body],
  ["what links to it", ({ openPage }) => `/w/almanac/launching-${openPage.id}/links`, secrets.title],
  ["where it may stand", ({ openPage }) => `/w/almanac/launching-${openPage.id}/manage`, null],
  ["a hidden page by a wrong name", ({ page }) => `/w/x/x-${page.id}`, secrets.slug],
  ["a hidden page", ({ page }) => `/w/almanac/zephyrquill-plan-${page.id}`, secrets.body],
  ["its history", ({ page }) => `/w/almanac/zephyrquill-plan-${page.id}/history`, secrets.body],
  ["what changed in it", ({ page }) => `/w/almanac/zephyrquill-plan-${page.id}/history?to=2`, secrets.firstBody],
  ["what changed in it, side by side", ({ page }) => `/w/almanac/zephyrquill-plan-${page.id}/history?to=2&as=side`, secrets.firstBody],
  ["what links to the hidden page", ({ page }) => `/w/almanac/zephyrquill-plan-${page.id}/links`, secrets.title],
  ["the hidden page on paper", ({ page }) => `/w/almanac/zephyrquill-plan-${page.id}/print`, secrets.body],
  ["an edit of it", ({ page }) => `/w/almanac/zephyrquill-plan-${page.id}/edit`, secrets.body],
  ["its place and owner", ({ page }) => `/w/almanac/zephyrquill-plan-${page.id}/manage`, secrets.title],
  ["its review", ({ page }) => `/w/almanac/zephyrquill-plan-${page.id}/review`, secrets.title],
  ...["revert", "hide-revision", "shift", "place", "remove", "restore", "follow", "verify", "merge"].map((act) => [`${act} of a page by its address`, ({ page }: Divided) => `/w/x/x-${page.id}/${act}`, secrets.slug] as [string, (place: Divided) => string, string]),
  ["pages to verify", () => "/pages-to-verify", null],
  ["wikis to administer", () => "/admin/wikis", null],
  ["notifications", () => "/notifications", null],
  ["latest notifications", () => "/notifications/latest", null],
  ["drafts", () => "/drafts", null],
  ["new topic", () => "/new-topic", secrets.category],
  ["new topic in it", ({ hidden }) => `/new-topic?category=${hidden.id}`, secrets.category],
  ["what it asks of a topic", ({ hidden }) => `/posting-form?category=${hidden.id}`, null],
  ["what it begins with", ({ hidden }) => `/admin/categories/${hidden.id}/writing`, null],
  ["groups of tags", () => "/tags/groups", null],
  ["a hidden group", ({ group }) => `/groups/${group.id}`, null],
  ["groups", () => "/groups", null],
  ["who asks to be let into it", ({ group }) => `/groups/${group.id}/requests`, null],
  ["who is banned from it", ({ group }) => `/groups/${group.id}/bans`, null],
  ["how it is set", ({ group }) => `/groups/${group.id}/settings`, null],
  ["settings", () => "/settings/profile", null],
  ["the manifest", () => "/manifest.webmanifest", null],
  ["the site's map", () => "/sitemap.xml", null],
  ["its part of topics", () => "/sitemaps/topics/15.xml", null],
  ["its part of places", () => "/sitemaps/places/1.xml", null],
  // Whoever asks, they hold what a guest sees.
  ...["atom"].flatMap((format): [string, (place: Divided) => string, null][] => [
    [`the latest as ${format}`, () => `/latest.${format}`, null],
    [`the hidden division as ${format}`, () => `/d/nightshade-labs.${format}`, null],
    [`the hidden category as ${format}`, ({ hidden }) => `/c/quietroom/${hidden.id}.${format}`, null],
    [`a tag that both use as ${format}`, () => `/tag/launch/topics.${format}`, null],
    [`the topic as ${format}`, ({ topic }) => `/t/x/${topic.id}.${format}`, null],
    [`a member's topics as ${format}`, () => `/u/${secrets.author}/topics.${format}`, null],
  ]),
  ["own feeds", () => "/settings/feeds", null],
  ["own feed of the hidden category", ({ hidden }) => `/settings/feeds?of=${encodeURIComponent(`/c/quietroom/${hidden.id}`)}`, secrets.category],
  ["own feed of the hidden blog", () => "/settings/feeds?of=/b/quiet-blog", secrets.category],
  ["own feed that is none", () => `/feeds/${"a".repeat(43)}/rss`, null],
  ["the topic's card", ({ topic }) => `/cards/topic/${topic.id}`, null],
  ["the article's card", ({ article }) => `/cards/article/${article.id}`, null],
  ["the page's card", ({ page }) => `/cards/page/${page.id}`, null],
  ["all articles as a feed", () => "/blogs.rss", null],
  ["the hidden blog as a feed", () => "/b/quiet-blog.rss", null],
  ["what crawlers may read", () => "/robots.txt", null],
  ["topics like one being written", () => "/similar-topics?title=launch+date", null],
  ...["", "/themes", "/themes?sort=new", "/statements", "/accuracy", "/model", "/weights", "/glossary", "/accounts", "/export.csv", "/export.json", "/brief", "/themes/1", "/themes/1/evidence.csv", "/statements/1"].map((page) => [`insights${page}`, () => `/insights${page}`, null] as [string, () => string, null]),
  ["insights for programs", () => "/api/v1/insights", null],
  ["what people search for", () => "/admin/searches", null],
  ["the administration", () => "/admin", null],
  ["divisions to administer", () => "/admin/divisions", null],
  ["the division to administer", ({ division }) => `/admin/divisions/${division.id}`, null],
  ["the category to administer", ({ hidden }) => `/admin/categories/${hidden.id}`, null],
  ["its rights", ({ hidden }) => `/admin/categories/${hidden.id}/rights`, null],
  ["its moves", ({ hidden }) => `/admin/categories/${hidden.id}/move`, null],
  ["its end", ({ hidden }) => `/admin/categories/${hidden.id}/delete`, null],
  ["groups to administer", () => "/admin/groups", null],
  ["members to administer", () => "/admin/members", null],
  ["the audit log", () => "/admin/audit", null],
];

/** All that an address tells someone: status, headers and body, as a page and as the data behind it. */
async function told(path: string, cookie: string | undefined): Promise<string> {
  const [pathname, query = ""] = path.split("?") as [string, string?];
  const twin = `${pathname === "/" ? "/_root" : pathname}.data${query && `?${query}`}`;
  const answers = await Promise.all([path, twin].map((address) => visit(address, { cookie: cookie ?? "" })));
  const texts = await Promise.all(answers.map(async (answer) => `${answer.status} ${[...answer.headers].filter(([name]) => name !== "set-cookie").join("\n")}\n${await answer.text()}`));
  return texts.join("\n\n");
}

/** Which secrets stand in it. A profile's own address may say whose it is. */
const secretsIn = (answer: string, { allowed = [] as string[] } = {}) =>
  Object.values(secrets).filter((secret) => !allowed.includes(secret) && answer.toLowerCase().includes(secret.toLowerCase()));

// Each asks for many pages.
vi.setConfig({ testTimeout: 240_000 });

test("no address tells anyone of what they may not see, and each that shows it tells those who may", async () => {
  const place = await divided();
  const found: [string, string, string[]][] = [];
  const unseen: string[] = [];
  // Who reads for the product sees no more than what they may read anyway.
  const manager = await make.member({ role: "product_manager", username: "manager" });
  const cookies: [string, string | undefined][] = [["guest", undefined], ["product manager", await cookieOf(manager)], ["outsider", await cookieOf(place.outsider)], ["former", await cookieOf(place.former)]];
  const insider = await cookieOf(place.insider);

  for (const [name, pathOf, expected] of surfaces) {
    const path = pathOf(place);
    const answers = await Promise.all([...cookies.map(([, cookie]) => cookie), ...(expected ? [insider] : [])].map((cookie) => told(path, cookie)));
    for (const [at, [who]] of cookies.entries()) {
      const answer = answers[at]!;
      expect(answer, `${name} for ${who}`).not.toMatch(/^5\d\d/m);
      // What was asked for may be said back.
      // Staff of the whole site tend all tags, also those of places that they do not see.
      const allowed = who === "product manager" && name === "tags" ? [secrets.tag] : [];
      const leaks = secretsIn(answer, { allowed }).filter((secret) => !path.toLowerCase().includes(secret.toLowerCase()));
      if (leaks.length > 0) found.push([name, who, leaks]);
    }
    if (expected && !answers.at(-1)!.toLowerCase().includes(expected.toLowerCase())) unseen.push(name);
  }

  expect(found).toEqual([]);
  expect(unseen, "what those who may see it do not find").toEqual([]);
});

test("a hidden thing and a missing one answer alike, to reading and to every act", async () => {
  const place = await divided();
  const [hidden, missing] = [place.topic.id, 987654];
  const reads = ["", "/2", "/posts?from=1&to=2", "/jump?to=1", "/edit", "/2/edit", "/manage", "/2/history", "/2/reactions", "/2/remove", "/2/replies", "/purge", "/2/purge", "/2/history/1/purge"];
  const acts: [string, Record<string, string>][] = [
    ["", { body: "hello" }], ["/2/react", { on: "like" }], ["/2/accept", {}], ["/2/unaccept", {}], ["/vote", { on: "1" }], ["/read", { number: "2" }], ["/follow", { level: "watching" }],
    ["/close", { reason: "" }], ["/reopen", {}], ["/pin", { scope: "category", until: "" }], ["/unpin", {}], ["/banner", { on: "1" }], ["/archive", { on: "1" }], ["/unlist", { on: "1" }],
    ["/remove", { reason: "" }], ["/restore", {}], ["/2/restore", {}], ["/2/remove", { reason: "" }], ["/purge", { reason: "x" }], ["/2/purge", { reason: "x" }], ["/2/history/1/purge", { reason: "x" }], ["/2/edit", { body: "x", reason: "", stamp: "1.x" }],
    ["/edit", { title: "x", kind: "question", tags: "", categoryId: String(place.open.id), reason: "" }], ["/status", { status: "planned", reason: "" }], ["/auto-close", { at: "" }],
  ];
  const same = (answer: string, id: number) => answer.replaceAll(String(id), "#");
  for (const viewer of [undefined, place.outsider, place.former]) {
    const cookie = viewer && (await cookieOf(viewer));
    const answerTo = async (id: number, path: string, form?: Record<string, string>) => {
      const [pathname, query] = `/t/x/${id}${path}`.split("?");
      const answer = await visit(`${pathname}.data${query ? `?${query}` : ""}`, { cookie, form, method: form && "POST" });
      return same(`${answer.status} ${answer.headers.get("location")} ${await answer.text()}`, id);
    };
    for (const path of reads) expect(await answerTo(hidden, path), path).toBe(await answerTo(missing, path));
    for (const [path, form] of acts) expect(await answerTo(hidden, path, form), `POST ${path}`).toBe(await answerTo(missing, path, form));

    const inCategory = async (id: number, path: string, form?: Record<string, string>) => {
      const answer = await visit(`/c/x/${id}${path}.data`, { cookie, form });
      return same(`${answer.status} ${await answer.text()}`, id);
    };
    expect(await inCategory(place.hidden.id, "")).toBe(await inCategory(missing, ""));
    expect(await inCategory(place.hidden.id, "/follow", { level: "watching" })).toBe(await inCategory(missing, "/follow", { level: "watching" }));
    const newTopic = async (category: number) => {
      const answer = await visit("/new-topic.data", { cookie, form: { category: String(category), kind: "discussion", title: "x", body: "x", tags: "" } });
      return same(`${answer.status} ${await answer.text()}`, category).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "");
    };
    expect(await newTopic(place.hidden.id)).toBe(await newTopic(missing));
  }
});

test("what happens behind closed doors changes no byte of what others read", async () => {
  const place = await divided();
  const paths = ["/_root.data", "/latest.data", "/new.data", "/top.data?period=all", "/unanswered.data", "/divisions.data", "/tags.data", "/tag/launch.data", `/c/agora/${place.open.id}.data`,
    "/latest.atom", "/tag/launch/topics.atom", "/sitemap.xml", "/sitemaps/topics/15.xml", "/sitemaps/places/1.xml", `/u/${secrets.author}/topics.atom`, "/u/former.data", "/u/former/posts.data", `/u/${secrets.author}.data`, `/u/${secrets.author}/posts.data`, "/u/outsider.data", "/search.data?q=launch", "/search/suggest?q=la", "/notifications.data", "/notifications/latest", "/unread.data", "/mine.data"];
  const cookies = [undefined, await cookieOf(place.outsider)];
  const readAll = async () => {
    const all: string[] = [];
    for (const cookie of cookies) for (const path of paths) all.push(`${path} ${cookie ? "outsider" : "guest"}\n${await (await visit(path, { cookie })).text()}`);
    // By chance alone: the name under which this one search may tell that a result was opened.
    return all.map((answer) => answer.replace(/"logKey","[0-9a-f-]{36}"/g, '"logKey"'));
  };
  const before = await readAll();

  // Those who may have been seen there before are seen there again; the clock of their last visit is not of this.
  const another = await createTopic(place.author, place.hidden.id, { title: "Another launch", kind: "idea", body: text("Launch it, @outsider."), tags: ["launch", "secretly"], key: undefined });
  await createReply(place.insider, another.id, { body: text("Launch!"), key: undefined });
  await createReply(place.author, place.topic.id, { body: text("Launch in June."), key: undefined });
  await react(place.insider, { topicId: place.topic.id, postNumber: 1 }, { on: "like" });
  await vote(place.insider, another.id, { on: true });
  await finishWork();

  const after = await readAll();
  after.forEach((answer, index) => expect(answer).toBe(before[index]));
});

test("no room of what is hidden opens, and what happens in it is not heard in any other", async () => {
  const place = await divided();
  const rooms = [`topic:${place.topic.id}`, `category:${place.hidden.id}`, `division:${place.division.id}`] as const;
  const open = ["lists", `category:${place.open.id}`, `division:${place.open.divisionId}`, `topic:${place.openTopic.id}`] as const;
  const deaf = [];
  for (const viewer of [undefined, place.outsider, place.former]) {
    const browser = await connect(viewer);
    for (const room of rooms) expect(await ask(browser, room)).toEqual({ ok: false, error: "hidden" });
    for (const room of open) expect((await ask(browser, room)).ok, room).toBe(true);
    if (viewer) expect((await ask(browser, `member:${viewer.id}`)).ok).toBe(true);
    deaf.push({ browser, heard: [all(browser, "topic.changed"), all(browser, "list.changed"), all(browser, "inbox.changed"), all(browser, "typing.changed")] });
  }
  const insider = await connect(place.insider);
  for (const room of [...rooms, "lists"] as const) expect((await ask(insider, room)).ok, room).toBe(true);
  const heard = all(insider, "list.changed");

  await createReply(place.author, place.topic.id, { body: text("@outsider and @former, hear"), key: undefined });
  await finishWork();
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  for (const { browser, heard: things } of deaf) {
    // The answer comes after whatever was sent before.
    await ask(browser, "lists");
    // What happened in the open place before may still come.
    const isOfOpen = ({ categoryId, topicId }: { categoryId?: number; topicId?: number }) => categoryId === place.open.id || topicId === place.openTopic.id;
    expect(things.flat().filter((thing) => !isOfOpen((thing ?? {}) as object))).toEqual([]);
  }
});

test("a picture of a hidden post is there for those who see the post; a face is there for all", async () => {
  const { file, insider, outsider, former, author } = await divided();
  const { id: faceId } = await storeImage(author, { name: "face.jpg", bytes: await sharp({ create: { width: 300, height: 300, channels: 3, background: "blue" } }).jpeg().toBuffer() }, "avatar");
  await db.update(members).set({ avatarFileId: faceId }).where(eq(members.id, author.id));
  const statusFor = async (as: Member | undefined, path: string) => (await visit(path, { as })).status;
  expect(await statusFor(insider, `/files/${file.storageKey}/300x200`)).toBe(200);
  for (const as of [undefined, outsider, former]) {
    expect(await statusFor(as, `/files/${file.storageKey}/300x200`)).toBe(404);
    expect(await statusFor(as, `/avatars/${faceId}/96`)).toBe(200);
    expect(await statusFor(as, `/avatars/${file.id}/96`)).toBe(404);
  }
});

test("whoever loses the right finds nothing at the next look, not even of their own", async () => {
  const place = await divided();
  const { admin, group, former, topic } = place;
  await addToGroup(admin, { groupId: group.id, memberId: former.id });
  await finishWork();
  const cookie = await cookieOf(former);
  const looks = ["/", "/latest", "/drafts", "/notifications", "/u/former/posts", "/search?q=launch", `/t/x/${topic.id}/1/history`];
  const address = `/feeds/${(await makeAddress(former, "/latest", "Site")).token}/rss`;
  looks.push(address);
  for (const path of looks) expect(secretsIn(await told(path, cookie)), `${path} before`).not.toEqual([]);
  await removeFromGroup(admin, { groupId: group.id, memberId: former.id });
  // Not after some job has run: at once.
  for (const path of looks) expect(secretsIn(await told(path, cookie)), `${path} after`).toEqual([]);
  expect((await visit(`/t/x/${topic.id}`, { cookie, form: { body: "One more word" } })).status).toBe(404);
});
