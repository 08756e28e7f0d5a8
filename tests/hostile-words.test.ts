import { and, eq } from "drizzle-orm";
import { Parser } from "htmlparser2";
import { expect, test, vi } from "vitest";
import { audit } from "#app/core/audit.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import { publishArticle } from "#app/blogs/publish-article.ts";
import { createArticle } from "#app/blogs/save-article.ts";
import { saveDraft } from "#app/core/drafts.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { closeTopic, pinTopic, setBanner, setIdeaStatus } from "#app/forums/keep-order.ts";
import { removePost } from "#app/forums/remove-post.ts";
import { createReply } from "#app/forums/replies.ts";
import { createComment } from "#app/forums/talk.ts";
import { createTopic } from "#app/forums/topics.ts";
import { removePage } from "#app/wikis/remove-page.ts";
import { createPage, savePage } from "#app/wikis/save-page.ts";
import { saveSite } from "#app/community/site.ts";
import { db } from "#db/client.ts";
import { profileFields } from "#db/schema/accounts.ts";
import { groupMembers, groups } from "#db/schema/community.ts";
import { posts, tags } from "#db/schema/forums.ts";
import { pages, pageSources } from "#db/schema/wikis.ts";
import { ensureGroups } from "#tests/support/groups.ts";
import { make, text } from "#tests/support/make.ts";
import { cookieOf, visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

vi.setConfig({ testTimeout: 120_000 });

// Closes everything that a page could have open around it, and leaves an element of its own behind where it succeeds.
const evil = `'"></title></textarea></script>--><x-evil onload=1>`;
/** Where there is less room. */
const short = `'"></script><x-evil onload=1>`;

/** Whether an element of the writer's own stands in the page, as a parser of HTML reads it, or an attribute that runs. */
function breaksOut(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === "x-evil") found.push("<x-evil>");
      for (const [attribute, value] of Object.entries(attributes)) if (attribute.startsWith("on") || /^\s*javascript:/i.test(value)) found.push(`${name} ${attribute}=${value}`);
    },
  }, { lowerCaseTags: true });
  parser.write(html);
  parser.end();
  return found;
}

/** A community in which everything that people can name has a hostile name. */
async function hostileCommunity() {
  await ensureGroups();
  const admin = await make.member({ role: "owner", username: "landlady", name: evil });
  const author = await make.member({ username: "author", name: evil, title: evil, bio: evil, location: evil });
  const division = await make.division({ slug: "here", name: evil, tagline: evil, description: evil, menu: [{ label: short, href: "/" }] });
  const category = await make.category({ everyone: "see", members: "create" }, { divisionId: division.id, slug: "place", name: evil, description: evil });
  const [group] = await db.insert(groups).values({ kind: "custom", name: evil, description: evil }).returning();
  await db.insert(groupMembers).values({ groupId: group!.id, memberId: author.id });
  await db.insert(profileFields).values({ name: evil, hint: evil });
  await saveSite(admin, { name: evil, tagline: evil, welcome: evil });
  const topic = await createTopic(author, category.id, { title: `battery ${evil}`, kind: "idea", body: text(`battery ${evil}`), tags: ["shared"], key: undefined });
  await db.update(tags).set({ name: short, description: evil });
  const ref = { topicId: topic.id, postNumber: 2 };
  await createReply(author, topic.id, { body: text(`battery ${evil}`), key: undefined });
  await createReply(author, topic.id, { body: text("to be removed"), key: undefined });
  await createReply(admin, topic.id, { body: text(evil), replyToNumber: 1, key: undefined });
  const [second] = await db.select().from(posts).where(and(eq(posts.topicId, topic.id), eq(posts.number, 2)));
  await editPost(author, ref, { body: text(`battery ${evil} and more`), reason: evil, stamp: stampOf(second!) });
  await removePost(admin, { topicId: topic.id, postNumber: 3 }, { reason: evil });
  await setIdeaStatus(admin, topic.id, { status: "planned", reason: evil });
  await pinTopic(admin, topic.id, { scope: "site", until: null });
  await setBanner(admin, topic.id, { on: true });
  await closeTopic(admin, topic.id, { reason: evil });
  await saveDraft(author, "topic", { version: 0, title: evil, body: evil, fields: { tags: evil } });
  await db.transaction((tx) => audit(tx, { actorId: admin.id, action: "site.edited", target: evil, detail: { [evil]: evil } }));
  const lasting = await hostileKnowledge(admin, author, division.id, topic.id);
  await finishWork();
  return { admin, author, category, division, group: group!, topic, lasting };
}

/** A blog and a wiki in which every name, title, reason and note is hostile. */
async function hostileKnowledge(admin: Member, author: Member, divisionId: number, topicId: number) {
  const blog = await make.blog({ divisionId, slug: "evil-blog", name: evil, description: evil });
  const ofArticle = { excerpt: evil, tags: ["shared"], series: evil, part: 1, canonicalUrl: "", cover: "", coverAlt: evil, takesComments: true, draftId: undefined, key: undefined };
  const article = await createArticle(admin, blog.slug, { ...ofArticle, title: `battery ${evil}`, body: text(`battery ${evil}`) });
  await publishArticle(admin, article.id);
  const draft = await createArticle(admin, blog.slug, { ...ofArticle, title: evil, body: text(evil) });
  await createComment(author, { articleId: article.id }, { categoryId: blog.categoryId, authorId: admin.id, title: evil, opening: text(evil) }, { body: text(evil), key: undefined });

  const wiki = await make.wiki({ divisionId, slug: "evil-wiki", name: evil, description: evil });
  const fresh = { parentId: null, isTemplate: false, intent: "publish" as const, fromId: null, draftId: undefined, key: undefined };
  const page = await createPage(author, wiki.id, { ...fresh, title: `battery ${evil}`, body: markdownToDocument(`battery ${evil}\n\n## ${evil}\n\n## Two\n\n## Three\n\n[[Wished ${short}]]`) }, { topicId, postNumber: null, knowsReaders: true });
  await db.insert(pageSources).values({ pageId: page.id, title: evil, authors: [evil], promotedById: author.id });
  await savePage(author, page.id, { title: `battery ${evil} anew`, body: text(`battery ${evil} ${short}`), reason: evil, isMinor: false, intent: "publish", base: 1, draftId: undefined });
  await savePage(author, page.id, { title: `battery ${evil} anew`, body: markdownToDocument(`[[Wished ${short}]] ${evil}`), reason: evil, isMinor: false, intent: "draft", base: 2, draftId: undefined });
  await db.update(pages).set({ ownerId: author.id, reviewNote: evil, verifiedUntil: "2020-01-01" }).where(eq(pages.id, page.id));
  await createComment(author, { pageId: page.id }, { categoryId: wiki.categoryId, authorId: author.id, title: evil, opening: text(evil) }, { body: text(evil), key: undefined });
  const gone = await createPage(author, wiki.id, { ...fresh, title: short, body: text(evil) });
  await removePage(admin, gone.id, { reason: evil, children: "refuse" });
  return { article, draft, page: (await db.select().from(pages).where(eq(pages.id, page.id)))[0]!, gone };
}

test("no name, title, reason or note breaks out of its place on any page", async () => {
  const { admin, author, category, division, group, topic, lasting: { article, draft, page: ofWiki, gone } } = await hostileCommunity();
  const at = `/t/${topic.slug}/${topic.id}`;
  const q = encodeURIComponent(evil);
  const [inWiki, inBlog] = [`/w/evil-wiki/${ofWiki.slug}-${ofWiki.id}`, `/b/evil-blog/${article.slug}-${article.id}`];
  const pages = ["/", "/latest", "/top?period=all", "/new", "/unanswered", "/mine", "/divisions", "/d/here", `/c/place/${category.id}`, "/tags", "/tag/shared", "/tag/shared/manage", at, `${at}/2/history`, `${at}/2/reactions`, `${at}/2/edit`, `${at}/edit`, `${at}/manage`, `${at}/2/remove`, `${at}?reply=2&quote=1`,
    "/u/author", "/u/author/posts", "/u/landlady", "/search?q=battery", `/search?q=${q}`, `/search?q=battery&order=${q}`, "/notifications", "/drafts", "/new-topic", `/groups/${group.id}`, "/settings/profile", "/settings/account", "/settings/sessions",
    "/admin", "/admin/divisions", `/admin/divisions/${division.id}`, `/admin/categories/${category.id}`, `/admin/categories/${category.id}/rights`, `/admin/categories/${category.id}/move`, "/admin/groups", "/admin/members", "/admin/profile-fields", "/admin/site", "/admin/audit",
    "/blogs", "/b/evil-blog", "/b/evil-blog/tag/shared", "/b/evil-blog/by/landlady", inBlog, `${inBlog}/edit`, `${inBlog}/history`, `${inBlog}/publish`, `/b/evil-blog/${draft.slug}-${draft.id}`, "/b/evil-blog/new", "/my-articles", "/admin/blogs", "/b/evil-blog.rss", "/b/evil-blog.atom",
    "/w/evil-wiki", "/w/evil-wiki/arrange", "/w/evil-wiki/review", ...["wanted", "orphans", "drafts", "removed"].map((show) => `/w/evil-wiki/loose-ends?show=${show}`), `/w/evil-wiki/new?title=${q}`, `/w/evil-wiki/promote?topic=${topic.id}`, `${at}/promote`, `${at}/2/promote`,
    ...["", "/edit", "/history", "/history?to=2", "/history?to=2&as=side", "/links", "/manage", "/review", "/print"].map((under) => `${inWiki}${under}`), `/w/evil-wiki/${gone.slug}-${gone.id}`, "/pages-to-verify", "/admin/wikis", "/w/evil-wiki.rss",
    `/nowhere/${q}`, `/sign-in?next=${q}`, `/sign-up?next=javascript:hit()`, `/check-mail?next=${q}`, `/tag/${q}`, `/u/${q}`];
  const found: [string, string[]][] = [];
  let shown = 0;
  for (const as of [undefined, author, admin] as (Member | undefined)[]) {
    const cookie = as && (await cookieOf(as));
    for (const path of pages) {
      const answer = await visit(path, { cookie });
      const page = await answer.text();
      expect(answer.status, path).toBeLessThan(500);
      if (as === admin && /^\/[bw]\//.test(path)) expect(answer.status, path).toBe(200);
      if (page.includes("x-evil")) shown += 1;
      const escapes = breaksOut(page);
      if (escapes.length > 0) found.push([path, escapes]);
    }
  }
  expect(found).toEqual([]);
  expect(shown, "pages that show some of it").toBeGreaterThan(60);
});

test("what is typed into a refused form comes back as words", async () => {
  const { admin, category, topic } = await hostileCommunity();
  const cookie = await cookieOf(admin);
  const at = `/t/${topic.slug}/${topic.id}`;
  const forms: [string, Record<string, string>, string | undefined][] = [
    ["/sign-up", { username: evil, email: evil, password: "x", next: evil }, undefined], ["/sign-in", { login: evil, password: "x", next: evil }, undefined], ["/reset-password", { email: evil }, undefined],
    ["/new-topic", { category: String(category.id), kind: "idea", title: "", body: evil, tags: evil, key: evil, draftId: evil }, cookie], [`${at}/edit`, { title: "", kind: evil, categoryId: evil, tags: evil, reason: evil }, cookie],
    [`${at}/2/edit`, { body: evil, reason: evil, stamp: evil }, cookie], [`/preview?of=${encodeURIComponent(evil)}&to=${encodeURIComponent(evil)}`, { body: evil, [evil]: evil }, cookie],
    ["/b/evil-blog/new", { title: "", body: evil, excerpt: evil, tags: evil, series: evil, part: evil, canonicalUrl: evil, cover: evil, coverAlt: evil, draftId: evil, key: evil, next: evil }, cookie],
    ["/w/evil-wiki/new", { title: "", body: evil, parentId: evil, intent: evil, fromId: evil, draftId: evil, key: evil }, cookie], [`/w/evil-wiki/promote?topic=${topic.id}`, { title: "", body: evil, topicId: evil, postNumber: evil, knowsReaders: evil, parentId: evil }, cookie],
    ["/settings/profile", { name: "", title: evil, bio: evil, location: evil, website: evil }, cookie], ["/admin/divisions", { name: evil.repeat(3), slug: evil, tagline: evil, description: evil, accent: evil, menu: evil }, cookie],
    ["/admin/profile-fields", { intent: "create", name: "", hint: evil }, cookie], ["/admin/groups", { name: "", description: evil }, cookie], [`${at}/pin`, { scope: evil, until: evil }, cookie],
  ];
  for (const [path, form, as] of forms) {
    const answer = await visit(path, { cookie: as ?? "", form });
    expect(answer.status, path).toBeLessThan(500);
    expect(breaksOut(await answer.text()), path).toEqual([]);
  }
});
