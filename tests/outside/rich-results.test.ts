import { expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { createComment } from "#app/forums/talk.ts";
import { subjectOf } from "#app/blogs/talk-subject.ts";
import { db } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { eq } from "drizzle-orm";
import { make, text } from "#tests/support/make.ts";
import { richResultFaults } from "#tests/support/rich-result-rules.ts";
import { visit } from "#tests/support/visit.ts";

const fresh = { cookie: "wellspring_none=1" };
const picture: RichText = { type: "doc", content: [{ type: "paragraph", content: [{ type: "image", attrs: { key: "A".repeat(22), width: 300, height: 200, alt: "" } }] }] };

async function pageAt(path: string) {
  const answer = await visit(path, fresh);
  const html = await answer.text();
  const things = [...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)].map(([, json]) => JSON.parse(json!) as Record<string, any>);
  const contentOf = (name: string) => new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1];
  return { status: answer.status, things, types: things.map((thing) => thing["@type"] as string).sort(), faults: things.flatMap(richResultFaults), contentOf, canonical: /<link rel="canonical" href="([^"]*)"/.exec(html)?.[1]?.replace(config.baseUrl, "") };
}

test("a question, a discussion, an article, a page and a profile are each one thing, with all that Google asks and recommends", async () => {
  const author = await make.member({ role: "editor", bio: "Repairs pumps." });
  const question = await make.topic({ kind: "question", authorId: author.id });
  await make.post({ topicId: question.id });
  const accepted = await make.post({ topicId: question.id });
  for (const body of [text("Turn it off."), picture]) await make.post({ topicId: question.id, body });
  await db.update(topics).set({ acceptedPostId: accepted.id }).where(eq(topics.id, question.id));
  const asked = await pageAt(`/t/${question.slug}/${question.id}`);
  expect([asked.types, asked.faults]).toEqual([["BreadcrumbList", "QAPage"], []]);
  const { mainEntity } = asked.things.find((thing) => thing["@type"] === "QAPage")!;
  expect([mainEntity.answerCount, mainEntity.suggestedAnswer.length], "a picture alone is no answer").toEqual([2, 1]);

  const idea = await make.topic({ kind: "idea", authorId: author.id });
  for (let at = 0; at < 3; at++) await make.post({ topicId: idea.id });
  const talked = await pageAt(`/t/${idea.slug}/${idea.id}`);
  expect([talked.types, talked.faults]).toEqual([["BreadcrumbList", "DiscussionForumPosting"], []]);

  const article = await make.article({ blogId: (await make.blog({ slug: "workshop" })).id, authorId: author.id, excerpt: "In short." });
  const read = await pageAt(`/b/workshop/${article.slug}-${article.id}`);
  expect([read.status, read.types, read.faults]).toEqual([200, ["BlogPosting", "BreadcrumbList"], []]);
  expect(read.things.find((thing) => thing["@type"] === "BlogPosting")).toMatchObject({ headline: article.title, description: "In short.", interactionStatistic: { userInteractionCount: 0 } });

  const profile = await pageAt(`/u/${author.username}`);
  expect([profile.types, profile.faults]).toEqual([["ProfilePage"], []]);
});

test("a page of a wiki says what it is about, where it stands and who changed it last, and a draft says nothing", async () => {
  const editor = await make.member({ name: "Grete Born" });
  const wiki = await make.wiki({ slug: "manual", name: "Manual" });
  const upper = await make.page({ wikiId: wiki.id, title: "Pumps", slug: "pumps" });
  const page = await make.page({ wikiId: wiki.id, parentId: upper.id, title: "Seals & valves", slug: "seals", lastEditorId: editor.id, body: text("A seal keeps water in.", "It wears out. ".repeat(40)) });
  const path = `/w/manual/seals-${page.id}`;
  const read = await pageAt(path);
  expect([read.types, read.faults, read.canonical]).toEqual([["Article", "BreadcrumbList"], [], path]);
  const said = read.contentOf("description")!;
  expect(said).toMatch(/^A seal keeps water in\. It wears out\..*…$/);
  expect(read.contentOf("og:description")).toBe(said);
  expect(read.things.find((thing) => thing["@type"] === "Article")).toMatchObject({ headline: "Seals & valves", editor: { name: "Grete Born" }, isPartOf: { name: "Manual" } });
  expect(read.things.find((thing) => thing["@type"] === "BreadcrumbList")!.itemListElement.map(({ name }: { name: string }) => name)).toEqual(["Manual", "Pumps", "Seals & valves"]);
  const draft = await make.page({ wikiId: wiki.id, publishedRevision: 0 });
  expect((await pageAt(`/w/manual/${draft.slug}-${draft.id}`)).things).toEqual([]);
});

test("comments are known under what they are about, an article by the address where it is at home, and a later page by its own", async () => {
  const member = await make.member({ role: "owner" });
  const blog = await make.blog({ slug: "workshop" });
  const article = await make.article({ blogId: blog.id, authorId: member.id });
  const { topicId } = await createComment(member, { articleId: article.id }, subjectOf(article, "workshop"), { body: text("Good."), key: undefined });
  const [talk] = await db.select().from(topics).where(eq(topics.id, topicId));
  const told = await pageAt(`/t/${talk!.slug}/${talk!.id}`);
  const feeds = [...(await (await visit(`/b/workshop/${article.slug}-${article.id}`, fresh)).text()).matchAll(/rel="alternate" type="application\/rss\+xml" title="[^"]*" href="([^"]*)"/g)].map(([, href]) => href!.replace(config.baseUrl, ""));
  expect(feeds).toEqual(["/b/workshop.rss", `/t/${talk!.slug}/${talk!.id}.rss`]);
  expect([told.canonical, told.things]).toEqual([`/b/workshop/${article.slug}-${article.id}`, []]);
  expect(await (await visit(`/sitemaps/topics/${Math.ceil(topicId / 50_000)}.xml`, fresh)).text()).not.toContain(`/${topicId}<`);

  const elsewhere = await make.article({ blogId: blog.id, canonicalUrl: "https://elsewhere.example/a" });
  const read = await pageAt(`/b/workshop/${elsewhere.slug}-${elsewhere.id}`);
  expect(read.canonical).toBe("https://elsewhere.example/a");
  expect(read.things.find((thing) => thing["@type"] === "BlogPosting")!.mainEntityOfPage).toBe("https://elsewhere.example/a");
  expect(await (await visit("/sitemaps/articles/1.xml", fresh)).text()).not.toContain(elsewhere.slug);

  expect((await pageAt("/")).canonical).toBe("/");
  expect((await pageAt("/?after=x")).canonical).toBe("/?after=x");
  expect((await pageAt("/blogs?after=9")).canonical).toBe("/blogs?after=9");
});
