import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { publishArticle, scheduleArticle } from "#app/blogs/publish-article.ts";
import { config } from "#app/core/config.ts";
import { parseRichText } from "#app/core/rich-text.ts";
import { createReply } from "#app/forums/replies.ts";
import { createTopic } from "#app/forums/topics.ts";
import { tellHubOfPost } from "#app/outside/news-for-hub.ts";
import { savePage } from "#app/wikis/save-page.ts";
import { db } from "#db/client.ts";
import { articleTags } from "#db/schema/blogs.ts";
import { divisions } from "#db/schema/community.ts";
import { tags, topics } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { all, readXml } from "#tests/support/read-xml.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork, recordedEvents, waitingWork } from "#tests/support/work.ts";

// A hub, as far as publishers know one: it takes what is published, and is sometimes away.
const hub = { status: 204, told: [] as string[][] };
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    const form = new URLSearchParams(body);
    if (request.method === "POST" && form.get("hub.mode") === "publish") hub.told.push(form.getAll("hub.url"));
    response.writeHead(hub.status).end();
  });
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const before = config.websubHub;
config.websubHub = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`;
afterAll(() => {
  config.websubHub = before;
  server.closeAllConnections();
  server.close();
});
beforeEach(() => Object.assign(hub, { status: 204, told: [] }));

const fresh = { cookie: "wellspring_none=1" };
/** The lists whose feeds were told of, by the paths of their RSS feeds. */
const toldOf = () => hub.told.map(([first]) => first!.replace(config.baseUrl, "")).sort();
/** First what follows the events, then what had gathered by it. */
const finish = async () => {
  await finishWork();
  await finishWork({ afterMinutes: 1 });
};

test("a public feed says who tells of it at once, and where it is itself", async () => {
  const category = await make.category();
  const path = `/c/${category.slug}/${category.id}`;
  for (const how of [fresh, {}]) {
    const rss = await visit(`${path}.rss`, how);
    expect(rss.headers.get("link")).toBe(`<${config.baseUrl}${path}.rss>; rel="self", <${config.websubHub}>; rel="hub"`);
    const links = all(all(readXml(await rss.text()), "channel")[0]!, "atom:link").map(({ attributes }) => [attributes.rel, attributes.href]);
    expect(links).toEqual([["self", `${config.baseUrl}${path}.rss`], ["hub", config.websubHub]]);
  }
  const atom = all(readXml(await (await visit(`${path}.atom`, fresh)).text()), "link").map(({ attributes }) => [attributes.rel, attributes.href]);
  expect(atom).toContainEqual(["hub", config.websubHub]);
  expect(atom).toContainEqual(["self", `${config.baseUrl}${path}.atom`]);
  expect(await (await visit(`${path}.json`, fresh)).json()).toMatchObject({ hubs: [{ type: "WebSub", url: config.websubHub }], feed_url: `${config.baseUrl}${path}.json` });
});

test("the hub is told of every list in which a new topic stands, in each form, and of a reply in its topic's", async () => {
  const owner = await make.member({ role: "owner" });
  const above = await make.category();
  const category = await make.category(undefined, { divisionId: above.divisionId, parentId: above.id });
  const topic = await createTopic(owner, category.id, { title: "Pumps", kind: "discussion", body: text("They drip."), tags: ["pumps"], key: undefined });
  const path = `/t/${topic.slug}/${topic.id}`;
  await finish();
  expect(toldOf()).toEqual([`/c/${above.slug}/${above.id}.rss`, `/c/${category.slug}/${category.id}.rss`, `/d/${await slugOf(category.divisionId)}.rss`, "/latest.rss", `${path}.rss`, "/tag/pumps/topics.rss", `/u/${owner.username}/topics.rss`].sort());
  expect(hub.told[0]).toHaveLength(3);
  expect(hub.told.find(([first]) => first!.includes("latest"))).toEqual(["rss", "atom", "json"].map((format) => `${config.baseUrl}/latest.${format}`));
  // Every address it was given is a feed.
  for (const address of hub.told.flat()) expect((await visit(address.replace(config.baseUrl, ""), fresh)).status, address).toBe(200);

  hub.told = [];
  for (let at = 0; at < 3; at++) await createReply(owner, topic.id, { body: text(`Yes ${at}.`), key: undefined });
  // What comes at once is told once.
  for (const event of await recordedEvents()) if (event.type === "post.created") await tellHubOfPost(event);
  expect((await waitingWork()).filter(({ task }) => task === "outside.tell-hub")).toHaveLength(1);
  await finish();
  expect([...new Set(toldOf())]).toEqual([`${path}.rss`]);
});

test("an article is told of when it becomes public, also by the clock, and a page when readers see it", async () => {
  const editor = await make.member({ role: "editor" });
  const blog = await make.blog({ slug: "workshop" });
  const article = await make.article({ blogId: blog.id, authorId: editor.id, state: "draft" });
  const [tag] = await db.insert(tags).values({ slug: "heat", name: "Heat" }).returning();
  await db.insert(articleTags).values({ articleId: article.id, tagId: tag!.id });
  await finish();
  expect(hub.told).toEqual([]);
  await publishArticle(editor, article.id);
  await finish();
  const lists = ["/b/workshop.rss", `/b/workshop/by/${editor.username}/articles.rss`, "/b/workshop/tag/heat/articles.rss", "/blogs.rss"];
  expect(toldOf()).toEqual([...lists].sort());

  hub.told = [];
  const later = await make.article({ blogId: blog.id, authorId: editor.id, state: "draft" });
  const tomorrow = new Date(Date.now() + 86_400_000);
  await scheduleArticle(editor, later.id, { at: tomorrow.toISOString().slice(0, 16), zone: "UTC" });
  await finish();
  expect(hub.told).toEqual([]);

  const wiki = await make.wiki({ slug: "manual" });
  const page = await make.page({ wikiId: wiki.id, createdById: editor.id });
  await savePage(editor, page.id, { title: "Doors", body: parseRichText(text("Push.")), reason: "", isMinor: false, intent: "publish", base: 1, draftId: undefined });
  await finish();
  expect(toldOf()).toEqual(["/w/manual.rss"]);
});

test("of what guests do not see the hub hears nothing, not even that a member's public feed has it", async () => {
  const owner = await make.member({ role: "owner" });
  const lounge = await make.category({ members: "create" });
  const hidden = await createTopic(owner, lounge.id, { title: "Quiet", kind: "discussion", body: text("Psst."), tags: ["hush"], key: undefined });
  await createReply(owner, hidden.id, { body: text("Yes."), key: undefined });
  const blog = await make.blog({ rights: { members: "see", staff: "create" } });
  const article = await make.article({ blogId: blog.id, authorId: owner.id, state: "draft" });
  await publishArticle(owner, article.id);
  const wiki = await make.wiki({ rights: { members: "create" } });
  const page = await make.page({ wikiId: wiki.id, createdById: owner.id });
  await savePage(owner, page.id, { title: "Doors", body: parseRichText(text("Push.")), reason: "", isMinor: false, intent: "publish", base: 1, draftId: undefined });
  await finish();
  expect(hub.told).toEqual([]);

  // Hidden between the words and the telling.
  const open = await make.category();
  const topic = await createTopic(owner, open.id, { title: "Open", kind: "discussion", body: text("Hello."), tags: [], key: undefined });
  await db.update(topics).set({ unlistedAt: new Date() }).where(eq(topics.id, topic.id));
  await finish();
  expect(hub.told).toEqual([]);
});

test("while the hub is away it is asked again later, what it refuses is not, and without one nothing is queued", async () => {
  const owner = await make.member({ role: "owner" });
  const category = await make.category();
  const topic = await make.topic({ categoryId: category.id, authorId: owner.id });
  await make.post({ topicId: topic.id });
  hub.status = 503;
  await createReply(owner, topic.id, { body: text("Yes."), key: undefined });
  await expect(finish()).rejects.toThrow("503");
  const waiting = (await waitingWork()).filter(({ task }) => task === "outside.tell-hub");
  expect(waiting).toMatchObject([{ attempts: 1 }]);
  hub.status = 204;
  hub.told = [];
  await finishWork({ afterMinutes: 60 });
  expect(toldOf()).toEqual([`/t/${topic.slug}/${topic.id}.rss`]);

  hub.status = 400;
  await createReply(owner, topic.id, { body: text("No."), key: undefined });
  await finish();
  expect((await waitingWork()).filter(({ task }) => task === "outside.tell-hub")).toEqual([]);

  const at = config.websubHub;
  config.websubHub = undefined;
  hub.told = [];
  await createReply(owner, topic.id, { body: text("Well."), key: undefined });
  await finish();
  const rss = await visit(`/t/${topic.slug}/${topic.id}.rss`, fresh);
  config.websubHub = at;
  expect([hub.told, rss.headers.get("link")]).toEqual([[], `<${config.baseUrl}/t/${topic.slug}/${topic.id}.rss>; rel="self"`]);
});

async function slugOf(divisionId: number): Promise<string> {
  return (await db.select().from(divisions).where(eq(divisions.id, divisionId)))[0]!.slug;
}
