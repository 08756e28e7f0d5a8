import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Member } from "#app/core/viewer.ts";
import { shippedModel } from "#app/insights/active-model.ts";
import { captureQuote } from "#app/insights/capture.ts";
import { decideTheme } from "#app/insights/decide.ts";
import { captureInput } from "#app/insights/inputs.ts";
import { packWeights } from "#app/insights/learning/learned-layer.ts";
import { refreshThemes } from "#app/insights/refresh-themes.ts";
import { db } from "#db/client.ts";
import { posts } from "#db/schema/forums.ts";
import { accountMembers, customerAccounts, learnedModels, modelCalls, productAreas, statements } from "#db/schema/insights.ts";
import { categories } from "#db/schema/community.ts";
import { pageSources } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

vi.setConfig({ testTimeout: 120_000 });

// A member whose language is made up: each sentence out of a message file comes in ⟦brackets⟧. Data of these tests has
// no Latin letters, so a Latin letter outside brackets is a word that somebody wrote into the code.

const MARKS = /⟦[^⟦⟧]*⟧/g;
const shown = ["aria-label", "placeholder", "title", "alt", "content"];

/** The words of a page that came from no message file. */
function hardCoded(html: string): string[] {
  const visible = html.replace(/<!--[^]*?-->/g, "").replace(/<(script|style|svg|code|time|kbd)\b[^]*?<\/\1>/g, "").replace(/<meta (charset|name="viewport")[^>]*>/g, "");
  const attributes = [...visible.matchAll(/<(?!link|html)[a-z0-9]+\b[^>]*>/g)].flatMap(([tag]) => shown.flatMap((name) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? []));
  let words = visible.replace(/<[^>]+>/g, "\n");
  for (let before = ""; before !== words; ) {
    before = words;
    words = words.replace(/⟦[^⟦⟧]*⟧/g, "");
  }
  return [...words.split("\n"), ...attributes.map((value) => value.replace(MARKS, "").replace(MARKS, ""))]
    .map((each) => each.replace(/&[a-z#0-9]+;/g, " ").trim())
    .filter((each) => /[A-Za-z]{2,}/.test(each) && !/^(https?:|\/|#|@)/.test(each));
}

async function world() {
  const viewer: Member = await make.member({ role: "owner", locale: "en-XA", username: "x_1", name: "Ж", email: "1@1.11" });
  for (const kind of ["everyone", "members", "staff"] as const) await make.group(kind);
  const group = await make.group();
  const division = await make.division({ slug: "d-1", name: "Ц", tagline: "Ш", description: "Щ" });
  const category = await make.category(undefined, { divisionId: division.id, slug: "c-1", name: "Я", description: "Ю" });
  const topic = await make.topic({ categoryId: category.id, authorId: viewer.id, title: "Ы", slug: "t" });
  await make.post({ topicId: topic.id, authorId: viewer.id, body: text("Э") });
  const wiki = await make.wiki({ categoryId: (await make.category(undefined, { divisionId: division.id, slug: "c-2", name: "Д", holds: "wiki" })).id, slug: "w-1", name: "Д" });
  const upper = await make.page({ wikiId: wiki.id, title: "Й", slug: "j", ownerId: viewer.id, verifiedUntil: "2020-01-01", body: text("Л"), lastEditorId: viewer.id, createdById: viewer.id });
  await db.insert(pageSources).values([{ pageId: upper.id, topicId: topic.id, promotedById: viewer.id }, { pageId: upper.id, title: "Н", authors: ["П"], promotedById: viewer.id }]);
  await make.page({ parentId: upper.id, title: "К", slug: "k", body: text("М"), createdById: viewer.id });
  const blog = await make.blog({ divisionId: division.id, slug: "b-1", name: "Б", description: "Д", rights: { everyone: "see", members: "reply", staff: "create" } });
  await db.update(categories).set({ name: "Б" }).where(eq(categories.id, blog.categoryId));
  const article = await make.article({ blogId: blog.id, authorId: viewer.id, title: "Ж", slug: "a", body: text("Э"), excerpt: "Э" });
  const draft = await make.article({ blogId: blog.id, authorId: viewer.id, title: "Ж", slug: "a", body: text("Э"), state: "scheduled", publishAt: new Date(Date.now() + 9e8), publishedAt: null });
  const gone = await make.topic({ categoryId: category.id, authorId: viewer.id, title: "Ы", slug: "g", removedAt: new Date() });
  await make.post({ topicId: gone.id, authorId: viewer.id, body: text("Э") });
  const erased = await make.post({ topicId: topic.id, authorId: viewer.id, body: text("Э"), removedAt: new Date(), removedReason: "Ф", purgedAt: new Date() });
  return { gone, erased, viewer, group, division, category, topic, wiki, upper, article, draft, blog };
}

test("no word on these pages is written into the code", async () => {
  const { gone, erased, viewer, group, division, category, topic, wiki, upper, article, draft, blog } = await world();
  const inWiki = ["", "/new", "/arrange", "/review", ...["wanted", "orphans", "drafts", "removed"].map((show) => `/loose-ends?show=${show}`)];
  const ofPage = ["", "/edit", "/history", "/history?to=1", "/history?to=1&as=side", "/links", "/manage", "/review", "/print"];
  const pages = [
    "/", "/divisions", "/d/d-1", "/latest", "/nothing-here", "/admin", "/admin/divisions", `/admin/divisions/${division.id}`, `/admin/divisions/${division.id}/categories/new`,
    `/admin/categories/${category.id}`, `/admin/categories/${category.id}/rights`, `/admin/categories/${category.id}/writing`, "/tags/groups", "/new-topic", `/admin/categories/${category.id}/move?to=d${division.id}`, "/admin/groups", "/groups", `/groups/${group.id}`, `/groups/${group.id}/requests`, `/groups/${group.id}/bans`, `/groups/${group.id}/settings`,
    "/admin/members", `/admin/members/${viewer.id}`, "/admin/profile-fields", "/admin/site", "/admin/audit", `/c/c-1/${category.id}`,
    "/admin/wikis", `/admin/wikis/${wiki.id}`, "/pages-to-verify", ...inWiki.map((page) => `/w/w-1${page}`), ...ofPage.map((page) => `/w/w-1/j-${upper.id}${page}`),
    `/t/g/${gone.id}/purge`, `/t/g/${gone.id}/1/purge`, `/t/t/${topic.id}/${erased.number}/purge`, `/t/t/${topic.id}/${erased.number}/history`,
    `/t/t/${topic.id}/promote`, `/w/w-1/promote?topic=${topic.id}`,
    "/blogs", "/b/b-1", "/b/b-1/by/x_1", "/b/b-1/new", `/b/b-1/a-${article.id}`, `/b/b-1/a-${article.id}/edit`, `/b/b-1/a-${article.id}/history`, `/b/b-1/a-${article.id}/publish`, `/b/b-1/a-${draft.id}`,
    "/my-articles", "/admin/blogs", "/admin/blogs/new", `/admin/blogs/${blog.id}`,
  ];
  const data = /^(Wellspring|Everyone|Members|Staff|everyone \d+|members \d+|staff \d+|custom \d+|x_1|1@1\.11|Jan|[a-z_-]+)$/;
  const found: Record<string, string[]> = {};
  for (const page of pages) {
    const words = hardCoded(await (await visit(page, { as: viewer })).text()).filter((each) => !data.test(each) && !each.includes("Wellspring"));
    if (words.length > 0) found[page] = [...new Set(words)];
  }
  expect(found).toEqual({});
});

/** Evidence whose words have no Latin letters either: made by hand, because the machine reads English only. */
async function evidence({ topic, viewer }: Awaited<ReturnType<typeof world>>) {
  const [post] = await db.select().from(posts).where(eq(posts.topicId, topic.id));
  const speaker = await make.member({ locale: "en-XA", username: "x_2", name: "З", email: "2@1.11" });
  const [area] = await db.insert(productAreas).values({ name: "Ф", synonyms: ["Х"], description: "Ч" }).returning();
  const [account] = await db.insert(customerAccounts).values({ name: "Б", segment: "Г", value: 7 }).returning();
  await db.insert(accountMembers).values({ accountId: account!.id, memberId: speaker.id });
  const made = await captureQuote(viewer, { topicId: topic.id, postNumber: post!.number }, captureInput.parse({ quote: "Э", title: "Л", kind: "bug", importance: "3" })) as { themeId: number; statementId: number };
  await db.update(statements).set({ excluded: null, authorId: speaker.id, areaId: area!.id, band: "review", reviewedAt: null }).where(eq(statements.id, made.statementId));
  await db.transaction((tx) => refreshThemes(tx, [made.themeId]));
  await decideTheme(viewer, made.themeId, { state: "planned", reason: "П", tell: false });
  await db.insert(modelCalls).values({ purpose: "-", model: "1", promptVersion: "1", dataClass: "public", outcome: "used", themeId: made.themeId });
  await db.insert(learnedModels).values({ kind: "intent", baseVersion: shippedModel()!.facts.version, version: "1", labelCount: 31, scores: { held: 10, before: 6, after: 8, "claimed.bug": 4, "right.bug": 3 }, weights: packWeights(new Map()), activeFrom: new Date() });
  return made;
}

test("no word on the pages of insights is written into the code", async () => {
  const place = await world();
  const { themeId, statementId } = await evidence(place);
  const pages = ["", "/themes", "/themes?view=board", `/themes/${themeId}`, "/statements?queue=all", `/statements/${statementId}`, "/brief", "/accuracy", "/model", "/glossary", "/accounts", "/weights"].map((page) => `/insights${page}`);
  const found: Record<string, string[]> = {};
  for (const page of [...pages, `/t/t/${place.topic.id}/1/capture`, "/settings/mail", "/settings/feeds?of=/latest"]) {
    const response = await visit(page, { as: place.viewer });
    expect([page, response.status]).toEqual([page, 200]);
    const words = hardCoded(await response.text()).filter((each) => !/^(x_[12]|[12]@1\.11|CSV|JSON|[a-z]+-\d{4}-\d\d-\d\d-[0-9a-f]+)$/.test(each) && !each.includes("Wellspring"));
    if (words.length > 0) found[page] = [...new Set(words)];
  }
  expect(found).toEqual({});
}, 60_000);

test("a word that was written into the code would be found", () => {
  expect(hardCoded(`<p>⟦Hélló⟧ there</p><img alt="A picture"><b>⟦Ñámé: ⟦Áb⟧⟧</b>`)).toEqual(["there", "A picture"]);
});
