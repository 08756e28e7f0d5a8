import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { db } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { hostileStrings } from "#tests/support/hostile.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const fresh = { cookie: "wellspring_none=1" };
const picture: RichText = { type: "doc", content: [{ type: "paragraph", content: [{ type: "image", attrs: { key: "A".repeat(22), width: 300, height: 200, alt: "" } }] }] };

type Thing = { "@type": string } & Record<string, never>;

/** What a page says in the words of schema.org, by type. */
async function thingsAt(path: string, visitor: Parameters<typeof visit>[1] = fresh): Promise<Record<string, any>> {
  return thingsIn(await (await visit(path, visitor)).text());
}

function thingsIn(html: string): Record<string, any> {
  const things = [...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)].map(([, json]) => JSON.parse(json!) as Thing);
  return Object.fromEntries(things.map((thing) => [thing["@type"], thing]));
}
const pathOf = (topic: { slug: string; id: number }) => `/t/${topic.slug}/${topic.id}`;

test("a question with answers is a page of questions and answers, and nothing else", async () => {
  const topic = await make.topic({ kind: "question", title: "Why does it drip?", voteCount: 3 });
  await make.post({ topicId: topic.id, body: text("Since May.") });
  const answer = await make.post({ topicId: topic.id, body: text("The seal is worn."), reactionCounts: { like: 2, thanks: 1 } });
  await make.post({ topicId: topic.id, body: text("Turn it off.") });
  await make.post({ topicId: topic.id, body: text("How?"), replyToNumber: 3 });
  await make.post({ topicId: topic.id, body: picture });
  await db.update(topics).set({ acceptedPostId: answer.id }).where(eq(topics.id, topic.id));
  const things = await thingsAt(pathOf(topic));
  expect(Object.keys(things).sort()).toEqual(["BreadcrumbList", "QAPage"]);
  const question = things.QAPage.mainEntity;
  expect(question).toMatchObject({ "@type": "Question", name: "Why does it drip?", text: "Since May.", answerCount: 2, upvoteCount: 3, url: config.baseUrl + pathOf(topic) });
  expect(question.acceptedAnswer).toMatchObject({ "@type": "Answer", text: "The seal is worn.", upvoteCount: 3, url: `${config.baseUrl}${pathOf(topic)}/2` });
  expect(question.suggestedAnswer.map((suggested: { text: string }) => suggested.text)).toEqual(["Turn it off."]);
  expect(things.BreadcrumbList.itemListElement.map(({ position, name }: { position: number; name: string }) => [position, name]).at(-1)).toEqual([3, "Why does it drip?"]);
});

test("a question without an answer in words is described as neither", async () => {
  const topic = await make.topic({ kind: "question" });
  await make.post({ topicId: topic.id });
  await make.post({ topicId: topic.id, body: picture });
  expect(Object.keys(await thingsAt(pathOf(topic)))).toEqual(["BreadcrumbList"]);
});

test("any other topic is a conversation, on its first page only", async () => {
  const topic = await make.topic({ kind: "idea", title: "A quieter pump" });
  for (let at = 0; at < 22; at++) await make.post({ topicId: topic.id, body: text(`Word ${at}.`) });
  const things = await thingsAt(pathOf(topic));
  expect(Object.keys(things).sort()).toEqual(["BreadcrumbList", "DiscussionForumPosting"]);
  expect(things.DiscussionForumPosting).toMatchObject({ headline: "A quieter pump", text: "Word 0.", author: { "@type": "Person" } });
  expect(things.DiscussionForumPosting.comment.length).toBe(19);
  expect(Object.keys(await thingsAt(`${pathOf(topic)}/21`))).toEqual(["BreadcrumbList"]);
});

test("no title, text or name breaks out of what a page says of itself", async () => {
  const category = await make.category();
  for (const [at, hostile] of ["</script><svg onload=alert(1)>", "<!--<script>", "line\u2028and\u2029line", ...hostileStrings().slice(0, 4)].entries()) {
    const title = hostile.replaceAll("\0", "").slice(0, 190) || "x";
    const author = await make.member({ name: title.slice(0, 60) });
    const topic = await make.topic({ categoryId: category.id, authorId: author.id, title, kind: at % 2 ? "discussion" : "question" });
    await make.post({ topicId: topic.id, body: text(title) });
    await make.post({ topicId: topic.id, body: text(title) });
    const html = await (await visit(pathOf(topic), fresh)).text();
    const things = thingsIn(html);
    expect((things.QAPage?.mainEntity.name ?? things.DiscussionForumPosting?.headline), title).toBe(at % 2 ? title.slice(0, 110) : title);
    expect(html).not.toContain("<svg onload");
    const outside = html.replace(/<script[^>]*>[\s\S]*?<\/script>/g, "");
    expect(outside, title).not.toContain("<script");
  }
});

test("members are told nothing that programs are told, and of what is in no list nobody is", async () => {
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  expect(await thingsAt(pathOf(topic), { as: await make.member() })).toEqual({});
  await db.update(topics).set({ unlistedAt: new Date() }).where(eq(topics.id, topic.id));
  expect(await thingsAt(pathOf(topic))).toEqual({});
  const answer = await visit(pathOf(topic), fresh);
  expect(answer.headers.get("x-robots-tag")).toBe("noindex");
  expect(await answer.text()).not.toContain('rel="alternate"');
});

test("a profile describes its member by what guests may see", async () => {
  const member = await make.member({ username: "grete", name: "Grete Born", bio: "Repairs pumps." });
  await make.topic({ authorId: member.id });
  await make.topic({ authorId: member.id, categoryId: (await make.category({ members: "create" })).id });
  const { ProfilePage: page } = await thingsAt("/u/grete");
  expect(page.mainEntity).toMatchObject({ "@type": "Person", name: "Grete Born", alternateName: "grete", description: "Repairs pumps.", agentInteractionStatistic: { userInteractionCount: 1 } });
});

test("each page has one address, a later page its own, and a card", async () => {
  const topic = await make.topic({ title: `Say "pump" & <b>`, excerpt: "They drip." });
  for (let at = 0; at < 22; at++) await make.post({ topicId: topic.id });
  const headOf = async (path: string) => {
    const html = await (await visit(path, fresh)).text();
    return html.slice(0, html.indexOf("</head>"));
  };
  const canonicalOf = async (path: string) => [...(await headOf(path)).matchAll(/<link rel="canonical" href="([^"]*)"/g)].map(([, href]) => href!.replace(config.baseUrl, "").replaceAll("&amp;", "&"));
  expect(await canonicalOf(`${pathOf(topic)}?reply=2`)).toEqual([]);
  expect(await canonicalOf(`${pathOf(topic)}/7`)).toEqual([pathOf(topic)]);
  expect(await canonicalOf(`${pathOf(topic)}/22`)).toEqual([`${pathOf(topic)}/21`]);
  expect(await canonicalOf("/latest")).toEqual(["/latest"]);
  expect(await canonicalOf("/latest?after=abc")).toEqual(["/latest?after=abc"]);
  expect(await canonicalOf("/t/x/999999")).toEqual([]);
  const head = await headOf(pathOf(topic));
  expect(head).toContain('<meta property="og:title" content="Say &quot;pump&quot; &amp; &lt;b&gt;"');
  expect(head).toContain('<meta property="og:type" content="article"');
  expect(head).toContain('<meta name="twitter:card" content="summary_large_image"');
});

test("only pages that are worth finding may be found", async () => {
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  const member = await make.member();
  for (const path of ["/search?q=x", "/sign-in", `${pathOf(topic)}/1/history`, `${pathOf(topic)}/1/reactions`, "/latest.rss", "/latest?ref=x", "/no/such/page"]) expect((await visit(path, fresh)).headers.get("x-robots-tag"), path).toBe("noindex");
  for (const path of ["/settings/profile", "/notifications", "/drafts", `${pathOf(topic)}/edit`]) expect((await visit(path, { as: member })).headers.get("x-robots-tag"), path).toBe("noindex");
  for (const path of ["/", "/latest", "/latest?after=x", pathOf(topic), "/divisions", "/tags", `/u/${member.username}`]) {
    expect((await visit(path, fresh)).headers.get("x-robots-tag"), path).toBeNull();
    expect((await visit(path)).headers.get("x-robots-tag"), path).toBeNull();
  }
});

test("a topic that gets another kind and title says so of itself, and is never two things", async () => {
  const author = await make.member();
  const topic = await make.topic({ kind: "question", title: "Why does it drip?", authorId: author.id });
  await make.post({ topicId: topic.id, body: text("Since May.") });
  await make.post({ topicId: topic.id, body: text("The seal is worn.") });
  expect(Object.keys(await thingsAt(pathOf(topic))).sort()).toEqual(["BreadcrumbList", "QAPage"]);
  const edit = await visit(`${pathOf(topic)}/edit`, { as: author, form: { title: "Seals that last", kind: "idea", categoryId: String(topic.categoryId), tags: "", reason: "" } });
  expect(edit.status).toBe(302);
  const things = await thingsAt(edit.headers.get("location")!);
  expect(Object.keys(things).sort()).toEqual(["BreadcrumbList", "DiscussionForumPosting"]);
  expect(things.DiscussionForumPosting.headline).toBe("Seals that last");
});
