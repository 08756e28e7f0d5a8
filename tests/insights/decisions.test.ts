import { and, eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { react } from "#app/forums/react.ts";
import { vote } from "#app/forums/votes.ts";
import { captureQuote } from "#app/insights/capture.ts";
import { decideTheme } from "#app/insights/decide.ts";
import { joinAccount, listAccounts, saveAccount } from "#app/insights/customer-accounts.ts";
import { captureInput } from "#app/insights/inputs.ts";
import { judgeStatement } from "#app/insights/judge.ts";
import { mergeThemes, splitTheme, unmergeThemes } from "#app/insights/merge-themes.ts";
import { mineEverything, mineNextBatch } from "#app/insights/mine-everything.ts";
import { minePosts } from "#app/insights/mine-posts.ts";
import { db } from "#db/client.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { statementLabels, statements, themeEvents, themeMerges, themes, toldMembers, toldTopics } from "#db/schema/insights.ts";
import { notifications } from "#db/schema/notifications.ts";
import { useSmallModel } from "#tests/support/insights-model.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

beforeEach(useSmallModel);

const pm = () => make.member({ role: "product_manager" });

/** Two members who say much the same in topics of their own. */
async function theme(first: string, second: string, values: { categoryId?: number } = {}) {
  const said = [];
  for (const words of [first, second]) {
    const author = await make.member();
    const topic = await make.topic({ authorId: author.id, ...(values.categoryId && { categoryId: values.categoryId }), title: "Here is a picture of it" });
    const post = await make.post({ topicId: topic.id, authorId: author.id, body: text(words) });
    await minePosts([post.id]);
    said.push({ author, topic, post });
  }
  const [row] = await db.select().from(themes).orderBy(sql`id desc`).limit(1);
  expect(row).toBeDefined();
  return { id: row!.id, said };
}

const gateway = () => theme("The gateway crashes when I open the calendar.", "My gateway crashes when I open the calendar page.");
const invoices = () => theme("Please add an export for the invoice page.", "Please add an export for the invoice page as a file.");

/** Themes and what stands behind them, but for their history. */
async function picture(): Promise<string> {
  const parts = await Promise.all(["select * from themes order by id", "select id, theme_id, cluster_id, placed_by, similarity from statements order by id", "select * from theme_days order by 1, 2", "select theme_id, member_id from theme_followers order by 1, 2", "select * from topic_votes order by 1, 2"].map((query) => db.execute(sql.raw(query))));
  return JSON.stringify(parts);
}

test("merging and parting again restores votes, quotes and followers exactly", async () => {
  const manager = await pm();
  const [a, b] = [await gateway(), await invoices()];
  expect(a.id).not.toBe(b.id);
  await vote(await make.member(), (await make.topic({ kind: "idea" })).id, { on: true });
  await db.execute(sql`insert into theme_followers (theme_id, member_id) values (${b.id}, ${manager.id})`);
  const before = await picture();
  await mergeThemes(manager, b.id, a.id);
  expect((await db.select().from(themes).where(eq(themes.id, a.id)))[0]).toMatchObject({ peopleCount: 4, statementCount: 4 });
  const [merge] = await db.select().from(themeMerges);
  await unmergeThemes(manager, merge!.id);
  expect(await picture()).toBe(before);
  await expect(unmergeThemes(manager, merge!.id)).rejects.toMatchObject({ key: "insights.alreadyParted" });
});

test("splitting puts just the chosen statements into a theme of their own, where mining leaves them", async () => {
  const manager = await pm();
  const { id, said } = await gateway();
  const [one] = await db.select().from(statements).where(eq(statements.postId, said[1]!.post.id)).orderBy(sql`part desc`).limit(1);
  const own = await db.select().from(statements).where(eq(statements.themeId, id));
  const chosen = own.find(({ postId }) => postId === said[1]!.post.id)!;
  expect(one).toBeDefined();
  const madeId = await splitTheme(manager, id, { statements: [chosen.id], title: "Calendar" });
  expect((await db.select().from(themes).where(eq(themes.id, madeId)))[0]).toMatchObject({ title: "Calendar", statementCount: 1 });
  await db.execute(sql`update mined_posts set fingerprint = 'old', model_version = 'old'`);
  const runId = (await mineEverything(db, "test"))!;
  while (!(await mineNextBatch(runId)));
  expect((await db.select().from(statements).where(eq(statements.id, chosen.id)))[0]).toMatchObject({ themeId: madeId, placedBy: "human" });
  await expect(splitTheme(manager, id, { statements: [chosen.id], title: "" })).rejects.toMatchObject({ key: "insights.notOfThisTheme" });
});

test("a decision is told once in each topic and once to each who asked, whatever is repeated", async () => {
  const manager = await pm();
  const { id, said } = await gateway();
  await decideTheme(manager, id, { state: "planned", reason: "Comes in May.", tell: true });
  await finishWork();
  await decideTheme(manager, id, { state: "planned", reason: "Comes in June.", tell: true });
  await finishWork();
  const notes = await db.select().from(posts).where(eq(posts.isStaffNote, true)).orderBy(posts.topicId);
  expect(notes.map(({ topicId, bodyText }) => [topicId, bodyText.includes("Comes in May.")])).toEqual(said.map(({ topic }) => [topic.id, true]));
  const told = await db.select().from(notifications).where(eq(notifications.kind, "decision"));
  expect(told.map(({ memberId }) => memberId).sort()).toEqual(said.map(({ author }) => author.id).sort());
  expect(await db.$count(notifications)).toBe(2);
  expect([await db.$count(toldTopics), await db.$count(toldMembers)]).toEqual([2, 2]);
  await decideTheme(manager, id, { state: "shipped", reason: "", tell: true });
  await finishWork();
  expect(await db.$count(toldMembers)).toBe(4);
});

test("what is decided otherwise before it was told is not told", async () => {
  const manager = await pm();
  const { id } = await gateway();
  await decideTheme(manager, id, { state: "accepted", reason: "", tell: true });
  await decideTheme(manager, id, { state: "declined", reason: "Too dear.", tell: false });
  await finishWork();
  expect(await db.$count(toldTopics)).toBe(0);
  expect((await db.select().from(themeEvents).where(eq(themeEvents.kind, "state"))).map(({ from, to, reason }) => [from, to, reason])).toEqual([["new", "accepted", ""], ["accepted", "declined", "Too dear."]]);
});

test("a no needs a reason, and another division's product manager decides nothing", async () => {
  const { id } = await gateway();
  await expect(decideTheme(await pm(), id, { state: "declined", reason: "", tell: false })).rejects.toMatchObject({ field: "reason" });
  const other = await make.member({ role: "product_manager", divisionId: (await make.division()).id });
  await expect(decideTheme(other, id, { state: "planned", reason: "", tell: false })).rejects.toMatchObject({ status: 403 });
  await expect(decideTheme(await make.member({ role: "moderator" }), id, { state: "planned", reason: "", tell: false })).rejects.toMatchObject({ status: 404 });
  expect((await db.select().from(themes))[0]).toMatchObject({ state: "new" });
});

test("a correction counts at once and no later reading writes over it", async () => {
  const manager = await pm();
  const { id } = await gateway();
  const [statement] = await db.select().from(statements).where(eq(statements.themeId, id)).limit(1);
  await judgeStatement(manager, { statementId: statement!.id, to: "other" });
  expect((await db.select().from(themes).where(eq(themes.id, id)))[0]).toMatchObject({ peopleCount: 1 });
  await db.execute(sql`update mined_posts set fingerprint = 'old', model_version = 'old'`);
  const runId = (await mineEverything(db, "test"))!;
  while (!(await mineNextBatch(runId)));
  expect((await db.select().from(statements).where(eq(statements.id, statement!.id)))[0]).toMatchObject({ intent: "other", corrected: ["intent"], themeId: null });
  expect((await db.select().from(statementLabels)).map(({ kind, value, before, byId }) => [kind, value, before, byId])).toEqual([["intent", "other", "bug", manager.id]]);
  await judgeStatement(manager, { statementId: statement!.id, to: "bug" });
  expect((await db.select().from(themes).where(eq(themes.id, id)))[0]).toMatchObject({ peopleCount: 2 });
});

test("words taken by hand are exact, warn where they are evidence already, and outlive an edit around them", async () => {
  const manager = await pm();
  const { id, said } = await gateway();
  const ref = { topicId: said[0]!.topic.id, postNumber: 1 };
  const input = (values: Record<string, string>) => captureInput.parse({ quote: "gateway crashes", title: "Crashes", kind: "bug", importance: "3", ...values });
  await expect(captureQuote(manager, ref, input({ quote: "the gateway explodes" }))).rejects.toMatchObject({ field: "quote" });
  expect(await captureQuote(manager, ref, input({}))).toEqual({ duplicateOf: id });
  const made = (await captureQuote(manager, ref, input({ sure: "yes" }))) as { themeId: number; statementId: number };
  const [row] = await db.select().from(statements).where(eq(statements.id, made.statementId));
  expect(said[0]!.post.bodyText.slice(row!.start, row!.end)).toBe("gateway crashes");
  expect(row).toMatchObject({ importance: 3, placedBy: "human", themeId: made.themeId, capturedById: manager.id });

  const { renderedBody } = await import("#app/core/render-rich-text.ts");
  await db.update(posts).set({ ...renderedBody(text("Since May my gateway crashes daily.")), revision: 2 }).where(eq(posts.id, said[0]!.post.id));
  await minePosts([said[0]!.post.id]);
  const [after] = await db.select().from(statements).where(eq(statements.id, made.statementId));
  expect("Since May my gateway crashes daily.".slice(after!.start, after!.end)).toBe("gateway crashes");
  await db.update(posts).set({ ...renderedBody(text("Never mind.")), revision: 3 }).where(eq(posts.id, said[0]!.post.id));
  await minePosts([said[0]!.post.id]);
  expect(await db.$count(statements, eq(statements.id, made.statementId))).toBe(0);
});

test("words selected in a post are evidence with one click more: their kind and theme are chosen already", async () => {
  const manager = await pm();
  const { id, said } = await gateway();
  const { topic } = said[0]!;
  const address = `/t/${topic.slug}/${topic.id}/1/capture`;
  const form = await (await visit(`${address}?quote=${encodeURIComponent("gateway crashes")}`, { as: manager })).text();
  expect(form).toMatch(/<option value="bug" selected="">/);
  expect(form).toMatch(new RegExp(`<option value="${id}" selected="">`));
  expect((await visit(address, { as: manager, form: { quote: "gateway crashes", themeId: String(id), title: "", kind: "bug", importance: "1" } })).status).toBe(302);
  // A name that nobody would find again.
  expect((await visit(address, { as: manager, form: { quote: "gateway crashes", themeId: String(id), title: "Crashes", kind: "bug", importance: "1" } })).status).toBe(422);
  const fresh = await make.topic({ title: "Lost in the attic" });
  await make.post({ topicId: fresh.id, body: text("Nothing of note.") });
  expect(await (await visit(`/t/${fresh.slug}/${fresh.id}/1/capture?quote=note`, { as: manager })).text()).toContain(`value="Lost in the attic"`);
});

test("what staff have told in an idea's own topic already is said where its theme is decided", async () => {
  const manager = await pm();
  const { id, said } = await invoices();
  const told = async () => (await (await visit(`/insights/themes/${id}`, { as: manager })).text()).includes("Told in a topic already");
  expect(await told()).toBe(false);
  await db.update(topics).set({ kind: "idea", ideaStatus: "shipped", ideaStatusReason: "Since 4.3." }).where(eq(topics.id, said[0]!.topic.id));
  expect(await told()).toBe(true);
  const page = await (await visit(`/insights/themes/${id}`, { as: manager })).text();
  expect(page).toMatch(/<option value="shipped" selected="">/);
  expect(page).toMatch(/<textarea[^>]*name="reason"[^>]*>Since 4\.3\.<\/textarea>/);
  await db.update(themes).set({ state: "shipped" }).where(eq(themes.id, id));
  expect(await told()).toBe(false);
});

/** A wish that one member put into the title of an idea and another said elsewhere, and an idea in which only a reply says it. */
async function wish() {
  const idea = await make.topic({ kind: "idea", title: "Please add an export for the invoice page" });
  const other = await make.topic({ kind: "idea", title: "Here is a picture of it" });
  const opening = await make.post({ topicId: idea.id, authorId: idea.authorId!, body: text("Here is a picture of it.") });
  const reply = await make.post({ topicId: other.id, body: text("Please add an export for the invoice page as a file.") });
  await minePosts([opening.id, reply.id]);
  const [title] = await db.select().from(statements).where(eq(statements.topicId, idea.id)).orderBy(sql`part = 'title' desc`).limit(1);
  expect(title).toMatchObject({ part: "title", themeId: expect.any(Number) });
  const statusOf = async (id: number) => (await db.select({ status: topics.ideaStatus, reason: topics.ideaStatusReason }).from(topics).where(eq(topics.id, id)))[0];
  return { id: title!.themeId!, idea, other, statusOf };
}

test("an idea takes what was decided of the theme it asks for as its status, and who voted is told once", async () => {
  const manager = await pm();
  const { id, idea, other, statusOf } = await wish();
  const voter = await make.member();
  await vote(voter, idea.id, { on: true });
  await decideTheme(manager, id, { state: "planned", reason: "Comes in May.", tell: true });
  await finishWork();
  expect(await statusOf(idea.id)).toEqual({ status: "planned", reason: "Comes in May." });
  expect(await statusOf(other.id)).toEqual({ status: "open", reason: "" });
  expect((await db.select().from(notifications).where(eq(notifications.memberId, voter.id))).map(({ kind }) => kind)).toEqual(["decision"]);
  // Decided otherwise, also back from what was final: it was this decision that had put it there.
  for (const state of ["shipped", "planned", "declined"] as const) {
    await decideTheme(manager, id, { state, reason: `Because ${state}.`, tell: true });
    await finishWork();
    expect(await statusOf(idea.id)).toEqual({ status: state, reason: `Because ${state}.` });
  }
  expect(await db.$count(notifications, eq(notifications.memberId, voter.id))).toBe(3);
});

test("who said \"same here\" is told of the decision once, as who asked is, and their customer account counts", async () => {
  const manager = await pm();
  const { id, said } = await gateway();
  const [same, colleague] = [await make.member(), await make.member({ label: "employee" })];
  const admin = await make.member({ role: "admin" });
  await saveAccount(admin, null, { name: "Sunfarm", segment: "Parks", value: 9000, externalKey: "" });
  await joinAccount(admin, (await listAccounts(db))[0]!.id, same.username);
  const ref = { topicId: said[0]!.topic.id, postNumber: said[0]!.post.number };
  for (const one of [same, colleague]) await react(one, ref, { on: "same_here" });
  await finishWork();
  expect((await db.select().from(themes).where(eq(themes.id, id)))[0]).toMatchObject({ peopleCount: 3, accountCount: 1 });
  const page = await (await visit(`/insights/themes/${id}`, { as: manager })).text();
  expect(page).toContain("1 more voted for it or said");
  expect(page).toContain("1 more says so");
  const [head, ...lines] = (await (await visit(`/insights/themes/${id}/evidence.csv`, { as: manager })).text()).trim().split(/\r?\n/);
  const at = head!.split(",").indexOf("agreeing");
  expect(lines.map((line) => line.split(",")[at]).sort()).toEqual(["0", "1"]);
  expect(page).toContain("Sunfarm");
  await decideTheme(manager, id, { state: "planned", reason: "Comes in May.", tell: true });
  await finishWork();
  const told = async (member: { id: number }) => (await db.select().from(notifications).where(and(eq(notifications.memberId, member.id), eq(notifications.kind, "decision")))).length;
  expect([await told(same), await told(colleague), await told(said[0]!.author)]).toEqual([1, 0, 1]);
});

test("what staff have told in an idea's own topic stays, and a decision nobody is told of moves no idea", async () => {
  const manager = await pm();
  const { id, idea, statusOf } = await wish();
  await decideTheme(manager, id, { state: "planned", reason: "", tell: false });
  await finishWork();
  expect((await statusOf(idea.id))!.status).toBe("open");
  await db.update(topics).set({ ideaStatus: "declined", ideaStatusReason: "Not in this house." }).where(eq(topics.id, idea.id));
  await decideTheme(manager, id, { state: "shipped", reason: "", tell: true });
  await finishWork();
  expect(await statusOf(idea.id)).toEqual({ status: "declined", reason: "Not in this house." });
});

test("nobody without the right finds insights, and product people see no words of places closed to them", async () => {
  const closed = await make.category({ staff: "create" });
  const secretive = await theme("The gateway crashes when I open the secret calendar.", "My gateway crashes when I open the secret calendar page.", { categoryId: closed.id });
  const outsider = await make.member({ role: "product_manager", divisionId: (await make.division()).id });
  const insider = await pm();
  const pages = ["/insights", "/insights/themes", "/insights/themes?view=board", `/insights/themes/${secretive.id}`, "/insights/statements?queue=all", "/insights/brief", "/insights/accuracy", "/insights/glossary", "/insights/accounts", "/insights/weights", "/insights/export.csv", "/insights/export.json", `/insights/themes/${secretive.id}/evidence.csv`, "/api/v1/insights", `/api/v1/insights/themes/${secretive.id}`];
  for (const page of pages) {
    for (const as of [undefined, await make.member(), await make.member({ role: "moderator" })]) expect([page, (await visit(page, { as })).status]).toEqual([page, 404]);
    const seen = await visit(page, { as: outsider });
    const html = await seen.text();
    expect([page, seen.status, html.includes("secret"), html.includes(secretive.said[0]!.author.username)]).toEqual([page, 200, false, false]);
  }
  const whole = await (await visit(`/insights/themes/${secretive.id}`, { as: insider })).text();
  expect(whole).toContain("secret calendar");
  const [statement] = await db.select().from(statements).where(eq(statements.themeId, secretive.id)).limit(1);
  expect((await visit(`/insights/statements/${statement!.id}`, { as: outsider })).status).toBe(404);
  expect((await visit(`/insights/statements/${statement!.id}`, { as: outsider, form: { statementId: String(statement!.id), to: "praise" } })).status).toBe(404);
  const { post, topic } = secretive.said[0]!;
  expect((await visit(`/t/${topic.slug}/${topic.id}/${post.number}/capture`, { as: outsider })).status).toBe(404);
}, 60_000);

test("a theme of a topic that becomes private keeps its number and loses its words within the work that follows", async () => {
  const outsider = await make.member({ role: "product_manager", divisionId: (await make.division()).id });
  const { id, said } = await gateway();
  expect(await (await visit(`/insights/themes/${id}`, { as: outsider })).text()).toContain("calendar");
  const closed = await make.category({ staff: "create" });
  for (const { topic } of said) {
    await db.execute(sql`update topics set category_id = ${closed.id} where id = ${topic.id}`);
    const { mineTopic } = await import("#app/insights/mine-on-change.ts");
    await mineTopic({ topicId: topic.id });
  }
  const html = await (await visit(`/insights/themes/${id}`, { as: outsider })).text();
  expect(html).not.toContain("calendar");
  expect((await db.select().from(themes).where(eq(themes.id, id)))[0]).toMatchObject({ peopleCount: 2 });
});
