import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { drawSample } from "#app/insights/draw-sample.ts";
import { readBrief, sendBriefs, stopToken } from "#app/insights/brief.ts";
import { minePosts } from "#app/insights/mine-posts.ts";
import { mondayOf, weekAfter } from "#app/insights/weeks.ts";
import { db } from "#db/client.ts";
import { accountMembers, briefRefusals, customerAccounts, productAreas, sampledStatements, savedViews, sentBriefs, statements, themes } from "#db/schema/insights.ts";
import { useSmallModel } from "#tests/support/insights-model.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork, waitingWork } from "#tests/support/work.ts";

beforeEach(useSmallModel);

const pm = () => make.member({ role: "product_manager" });

async function theme(createdAt?: Date) {
  for (const words of ["The gateway crashes when I open the calendar.", "My gateway crashes when I open the calendar page."]) {
    const author = await make.member();
    const post = await make.post({ topicId: (await make.topic({ authorId: author.id, title: "Hello" })).id, authorId: author.id, body: text(words), ...(createdAt && { createdAt }) });
    await minePosts([post.id]);
  }
  return (await db.select().from(themes))[0]!;
}

test("every page shows the evidence of a mined community and none breaks on an empty one", async () => {
  const as = await pm();
  const pages = ["/insights", "/insights/themes", "/insights/themes?view=board", "/insights/statements", "/insights/statements?queue=also", "/insights/statements?queue=unplaced", "/insights/statements?queue=all", "/insights/brief", "/insights/accuracy", "/insights/glossary", "/insights/accounts", "/insights/weights", "/insights/export.csv", "/insights/export.json", "/api/v1/insights"];
  for (const page of pages) expect([page, (await visit(page, { as })).status]).toEqual([page, 200]);
  const { id } = await theme();
  for (const page of [...pages, `/insights/themes/${id}`, `/insights/themes/${id}/evidence.csv`, `/api/v1/insights/themes/${id}`]) expect([page, (await visit(page, { as })).status]).toEqual([page, 200]);
  const html = await (await visit(`/insights/themes/${id}`, { as })).text();
  expect(html).toContain("The gateway crashes when I open the calendar.");
  expect(html).toMatch(/href="\/t\/topic-\d+\/\d+\/1#post-1:~:text=/);
  expect(await (await visit("/insights/accuracy", { as })).text()).toMatch(/Of the \d+ newest statements \d+ % count without a person looking at them\./);
});

test("a community that has gone quiet, or was just brought in, tells what most people said, whenever that was", async () => {
  const as = await pm();
  const { id } = await theme(new Date(Date.now() - 400 * 86_400_000));
  const page = await (await visit("/insights", { as })).text();
  const broken = page.slice(page.indexOf("Broken for most people"));
  expect(broken).toContain(`href="/insights/themes/${id}"`);
  expect(page).toContain("This is what was said before.");
  expect(page).not.toContain("emerging");
});

test("what was said under an article leads there, from pages, files and the API", async () => {
  const as = await pm();
  const article = await make.article();
  const topic = await make.topic({ articleId: article.id, categoryId: article.categoryId, title: "Hello", authorId: article.authorId });
  await make.post({ topicId: topic.id, authorId: article.authorId });
  for (const words of ["The gateway crashes when I open the calendar.", "My gateway crashes when I open the calendar page."]) {
    await minePosts([(await make.post({ topicId: topic.id, authorId: (await make.member()).id, body: text(words) })).id]);
  }
  const [{ id } = { id: 0 }] = await db.select().from(themes);
  for (const page of [`/insights/themes/${id}`, `/insights/themes/${id}/evidence.csv`, `/api/v1/insights/themes/${id}`]) {
    const answer = await (await visit(page, { as })).text();
    const links = [...answer.matchAll(/\/b\/[\w-]+\/article-\d+-\d+\?comment=([23])#post-([23]):~:text=/g)].map(([, comment, post]) => [comment, post]);
    expect([page, new Set(links.map(String)), answer.includes(`/t/${topic.slug}`)]).toEqual([page, new Set(["2,2", "3,3"]), false]);
  }
});

test("odd addresses and forms are refused, never a failure", async () => {
  const as = await pm();
  const { id } = await theme();
  const odd = ["/insights/themes/0", "/insights/themes/abc", `/insights/themes/${"9".repeat(15)}`, "/insights/statements/99999", "/insights/brief/stop/1.wrong", "/t/x/1/1/capture"];
  for (const page of odd) expect([page, (await visit(page, { as })).status]).toEqual([page, 404]);
  for (const query of ["division=x", "area=-1", "intent=zzz", "sort=drop", "state=1&state=2", "key=' or 1=1&after=1", "period=1e9", "before=x", "week=2026-13-99", `segment=${"x".repeat(3000)}`]) {
    for (const page of ["/insights/themes", "/insights/statements", "/insights/brief", "/api/v1/insights", "/insights/export.csv"]) expect([page, query, (await visit(`${page}?${query}`, { as })).status < 500]).toEqual([page, query, true]);
  }
  const forms: Record<string, string | string[]>[] = [
    {}, { intent: "zzz" }, { intent: "decide" }, { intent: "decide", state: "declined" }, { intent: "decide", state: ["new", "planned"] }, { intent: "plan", ownerId: "x" }, { intent: "plan", dueOn: "tomorrow" },
    { intent: "plan", trackerUrl: "javascript:alert(1)" }, { intent: "merge", into: "abc" }, { intent: "merge", into: "99999999" }, { intent: "merge", into: String(id) }, { intent: "split" }, { intent: "split", statements: "1e5" }, { intent: "rename", title: "x".repeat(161) },
  ];
  for (const form of forms) {
    const { status } = await visit(`/insights/themes/${id}`, { as, form });
    expect([JSON.stringify(form).slice(0, 60), status]).toEqual([JSON.stringify(form).slice(0, 60), 422]);
  }
  const refused = await (await visit(`/insights/themes/${id}`, { as, form: { intent: "decide", state: "declined", reason: "" } })).text();
  expect(refused).toContain("Say why not.");
  expect((await db.select().from(themes))[0]).toMatchObject({ state: "new", trackerUrl: null });
});

test("a decision by form is kept with owner, day and ticket, and shown", async () => {
  const as = await pm();
  const { id } = await theme();
  expect((await visit(`/insights/themes/${id}`, { as, form: { intent: "decide", state: "planned", reason: "In May." } })).headers.get("location")).toBe(`/insights/themes/${id}?saved`);
  await visit(`/insights/themes/${id}`, { as, form: { intent: "plan", ownerId: String(as.id), dueOn: "2030-05-01", trackerUrl: "https://tracker.example/1" } });
  expect((await db.select().from(themes))[0]).toMatchObject({ state: "planned", reason: "In May.", ownerId: as.id, dueOn: "2030-05-01", trackerUrl: "https://tracker.example/1" });
  const history = await (await visit(`/insights/themes/${id}`, { as })).text();
  expect(history).toMatch(/Owner: .* → [\s\S]*New → Planned[\s\S]*Became a theme: a second person agreed/);
  const mine = await (await visit("/insights/themes?owner=me&state=planned", { as })).text();
  expect(mine).toContain(`/insights/themes/${id}`);
});

test("the glossary says what a change would move before it is made, and moves it after", async () => {
  const as = await pm();
  await theme();
  const area = { intent: "create", name: "Gateway box", synonyms: "gateway", description: "", parentId: "", divisionId: "", versions: "4.2", stage: "active" };
  const preview = await visit("/insights/glossary", { as, form: { ...area, step: "preview" } });
  expect(await preview.text()).toContain("No area → Gateway box");
  expect(await db.$count(productAreas)).toBe(0);
  expect((await visit("/insights/glossary", { as, form: { ...area, step: "save" } })).status).toBe(302);
  await finishWork();
  const [made] = await db.select().from(productAreas);
  expect((await db.select().from(statements).where(eq(statements.part, "body"))).map(({ areaId }) => areaId)).toEqual([made!.id, made!.id]);
  expect((await db.select().from(themes))[0]).toMatchObject({ areaId: made!.id });
  expect((await visit("/insights/glossary", { as, form: { ...area, name: "GATEWAY BOX", step: "save" } })).status).toBe(422);
});

test("a customer's worth counts once for all its people, and changes the score at once", async () => {
  const as = await pm();
  const { id, score } = await theme();
  await visit("/insights/accounts", { as, form: { intent: "create", name: "Harbour", segment: "Hotels", value: "90000", externalKey: "" } });
  const [account] = await db.select().from(customerAccounts);
  for (const { username } of await db.execute<{ username: string }>(sql`select distinct username from members join statements on author_id = members.id`)) await visit("/insights/accounts", { as, form: { intent: "join", accountId: String(account!.id), username } });
  expect((await db.select().from(themes).where(eq(themes.id, id)))[0]).toMatchObject({ accountCount: 1, accountValue: 90_000 });
  expect((await db.select().from(themes).where(eq(themes.id, id)))[0]!.score).toBeCloseTo(2 * score, 0);
  expect(await (await visit("/insights/themes?segment=Hotels", { as })).text()).toContain(`/insights/themes/${id}`);
});

test("saved views are one's own", async () => {
  const as = await pm();
  expect((await visit("/insights/views", { as, form: { intent: "save", name: "Bugs", query: "intent=bug&evil=1" } })).status).toBe(302);
  expect((await db.select().from(savedViews)).map(({ query }) => query)).toEqual(["intent=bug"]);
  const [view] = await db.select().from(savedViews);
  await visit("/insights/views", { as: await pm(), form: { intent: "delete", viewId: String(view!.id) } });
  expect(await db.$count(savedViews)).toBe(1);
});

test("twenty statements a week are drawn once, judged, and measured by", async () => {
  const as = await pm();
  await theme();
  await drawSample(db);
  await drawSample(db);
  const [sampled] = await db.select().from(sampledStatements).orderBy(sampledStatements.statementId);
  expect(sampled).toBeDefined();
  const count = await db.$count(sampledStatements);
  await visit(`/insights/statements/${sampled!.statementId}`, { as, form: { statementId: String(sampled!.statementId), to: "praise", next: "/insights/accuracy" } });
  expect((await db.select().from(sampledStatements).where(eq(sampledStatements.statementId, sampled!.statementId)))[0]).toMatchObject({ truth: "praise", judgedById: as.id });
  expect(await db.$count(sampledStatements)).toBe(count);
  expect(await (await visit("/insights/accuracy", { as })).text()).toContain("0<!-- --> %");
});

test("one statement has a page that says where it stands, opens what to correct and leads back", async () => {
  const as = await pm();
  const { id } = await theme();
  const [said] = await db.select({ id: statements.id }).from(statements).where(eq(statements.themeId, id)).limit(1);
  const page = await (await visit(`/insights/statements/${said!.id}?next=${encodeURIComponent(`/insights/themes/${id}`)}`, { as })).text();
  const main = page.slice(page.indexOf("<main"), page.indexOf("</main>"));
  // Once to go back, once as its theme.
  expect(main.split(`href="/insights/themes/${id}"`)).toHaveLength(3);
  expect(main).toMatch(/<details[^>]* open=""/);
  expect(main).toContain(`name="next" value="/insights/themes/${id}"`);
  const elsewhere = await (await visit(`/insights/statements/${said!.id}?next=${encodeURIComponent("https://elsewhere.example/")}`, { as })).text();
  expect(elsewhere).not.toContain(`href="https://elsewhere.example`);
});

test("a brief goes out once a week, holds ten things at most, and nothing in a silent week; it can be stopped from the mail", async () => {
  const as = await pm();
  const lastWeek = new Date(Date.now() - 7 * 86_400_000);
  await sendBriefs.run({});
  expect(await db.$count(sentBriefs)).toBe(0);
  await theme(lastWeek);
  expect((await readBrief(as, mondayOf(lastWeek))).map(({ why }) => why)).toEqual(["new"]);
  await sendBriefs.run({});
  await sendBriefs.run({});
  const mails = (await waitingWork()).filter(({ task }) => task === "core.send-mail");
  expect(mails).toHaveLength(1);
  const { unsubscribeUrl } = mails[0]!.payload as { unsubscribeUrl: string };
  expect(new URL(unsubscribeUrl).pathname).toBe(`/insights/brief/stop/${await stopToken(as.id)}`);
  expect((await visit(new URL(unsubscribeUrl).pathname, { form: { "List-Unsubscribe": "One-Click" } })).status).toBe(200);
  expect((await db.select().from(briefRefusals)).map(({ memberId, areaId }) => [memberId, areaId])).toEqual([[as.id, 0]]);
});

test("the brief shows the week that was mailed, and one step on what the present one has brought so far", async () => {
  const as = await pm();
  await theme(new Date(Date.now() - 7 * 86_400_000));
  const page = async (query: string) => {
    const html = await (await visit(`/insights/brief${query}`, { as })).text();
    return html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  };
  const [thisWeek, lastWeek] = [mondayOf(new Date()), mondayOf(new Date(Date.now() - 7 * 86_400_000))];
  const shown = await page("");
  expect(shown).toContain("/insights/themes/");
  expect(shown).toContain(`href="/insights/brief?week=${thisWeek}"`);
  const present = await page(`?week=${thisWeek}`);
  expect(present).toContain(`href="/insights/brief?week=${lastWeek}"`);
  expect(present).toContain("has brought so far");
  expect(present).not.toContain(`?week=${weekAfter(thisWeek, 1)}`);
});

test("of each customer one sees in how many themes its people spoke, and which", async () => {
  const as = await pm();
  const { id } = await theme();
  const [spoken] = await db.select({ authorId: statements.authorId }).from(statements).where(eq(statements.themeId, id)).limit(1);
  const [loud, silent] = await db.insert(customerAccounts).values([{ name: "Loud & Co", segment: "" }, { name: "Silent", segment: "" }]).returning();
  await db.insert(accountMembers).values([{ memberId: spoken!.authorId!, accountId: loud!.id }, { memberId: (await make.member()).id, accountId: silent!.id }]);
  const accounts = await (await visit("/insights/accounts", { as })).text();
  expect(accounts).toContain(`href="/insights/themes?account=${loud!.id}"`);
  expect(accounts).not.toContain(`href="/insights/themes?account=${silent!.id}"`);
  const linked = async (accountId: number) => (await (await visit(`/insights/themes?account=${accountId}`, { as })).text()).includes(`href="/insights/themes/${id}"`);
  expect([await linked(loud!.id), await linked(silent!.id)]).toEqual([true, false]);
  expect((await (await visit(`/api/v1/insights?account=${silent!.id}`, { as })).json()) as object).toMatchObject({ themes: [] });
});

test("how the shipped model was wrong before anyone judged stands on the page of accuracy", async () => {
  const html = await (await visit("/insights/accuracy", { as: await pm() })).text();
  expect(html).toMatch(/Single statements: \d+ labeled, \d+ % told right/);
  expect(html.match(/<table/g)).toHaveLength(2);
});

test("files and the API carry the same words, and none that are closed to the reader", async () => {
  const as = await pm();
  const { id } = await theme();
  const api = (await (await visit(`/api/v1/insights/themes/${id}`, { as })).json()) as { evidence: { quote: string }[]; people: number };
  expect(api).toMatchObject({ people: 2 });
  expect(api.evidence.map(({ quote }) => quote)).toContain("The gateway crashes when I open the calendar.");
  const csv = await (await visit(`/insights/themes/${id}/evidence.csv`, { as })).text();
  expect(csv.split("\r\n")[0]).toBe("id,quote,gone,author,speaker,account,topic,part,revision,textHash,intent,confidence,sentiment,urgency,area,importance,agreeing,saidAt,url");
  expect(csv).toContain("The gateway crashes when I open the calendar.");
});
