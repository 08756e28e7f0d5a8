import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { record } from "#app/core/events.ts";
import type { Member } from "#app/core/viewer.ts";
import { removePost } from "#app/forums/remove-post.ts";
import { sendBriefs } from "#app/insights/brief.ts";
import { minePosts } from "#app/insights/mine-posts.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { accountMembers, customerAccounts, statements, themes } from "#db/schema/insights.ts";
import { useSmallModel } from "#tests/support/insights-model.ts";
import { sentMail } from "#tests/support/mailbox.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

beforeEach(useSmallModel);

/** Three customers who say the same; the first is of an account, and her words have one that nobody else's have. */
async function theme() {
  const said = [];
  for (const [at, words] of ["The gateway crashes when I open the zebra calendar.", "My gateway crashes when I open the calendar page.", "Our gateway crashes when I open the calendar today."].entries()) {
    const author = await make.member({ username: `customer_${at}`, name: `Customer ${"ABC"[at]}` });
    const topic = await make.topic({ authorId: author.id, title: "Here is a picture of it", slug: `picture-${at}` });
    said.push({ author, topic, post: await make.post({ topicId: topic.id, authorId: author.id, body: text(words) }) });
  }
  const [account] = await db.insert(customerAccounts).values({ name: "Harbour Lodge", value: 9000 }).returning();
  await db.insert(accountMembers).values({ accountId: account!.id, memberId: said[0]!.author.id });
  await minePosts(said.map(({ post }) => post.id));
  const [row] = await db.select().from(themes);
  return { id: row!.id, said };
}

const divisional = async () => make.member({ role: "product_manager", divisionId: (await make.division()).id });

/** Everything that a product manager can read of a theme, as one text; the brief's mail too. */
async function everythingOf(themeId: number, as: Member): Promise<string> {
  const pages = ["/insights", "/insights/themes", "/insights/themes?view=board", `/insights/themes/${themeId}`, `/insights/themes/${themeId}/evidence.csv`, "/insights/export.csv", "/insights/export.json", "/insights/brief", "/insights/statements?queue=all", "/insights/accuracy", "/api/v1/insights", `/api/v1/insights/themes/${themeId}`];
  const texts = await Promise.all(pages.map(async (page) => (await visit(page, { as })).text()));
  const before = (await sentMail()).length;
  await db.execute(sql`delete from sent_briefs`);
  await sendBriefs.run({ now: new Date(Date.now() + 7 * 86_400_000).toISOString() });
  return [...texts, ...(await sentMail()).slice(before).filter((mail) => mail.includes(`To: "${as.name}"`))].join("\n");
}

const counts = async (id: number) => {
  const [row] = await db.select().from(themes).where(eq(themes.id, id));
  return [row!.peopleCount, row!.accountCount, row!.statementCount];
};

test("a removed post is evidence nowhere: its words at once, its voice and its account after the work that follows", async () => {
  const [{ id, said }, manager] = [await theme(), await make.member({ role: "product_manager" })];
  expect(await counts(id)).toEqual([3, 1, 3]);
  expect(await everythingOf(id, manager)).toContain("zebra");
  await db.update(posts).set({ removedAt: new Date() }).where(eq(posts.id, said[0]!.post.id));
  expect(await (await visit(`/insights/themes/${id}`, { as: manager })).text()).not.toContain("zebra");
  await db.update(posts).set({ removedAt: null }).where(eq(posts.id, said[0]!.post.id));
  await removePost(await make.member({ role: "owner" }), { topicId: said[0]!.topic.id, postNumber: 1 }, { reason: "" });
  await finishWork();
  await finishWork({ afterMinutes: 1 });
  const after = await everythingOf(id, manager);
  expect([after.includes("zebra"), after.includes("Customer A"), after.includes("customer_0")]).toEqual([false, false, false]);
  expect(await counts(id)).toEqual([2, 0, 2]);
}, 60_000);

test("words that move to a private category are gone the moment they do, for those who may not follow; the numbers stay", async () => {
  const [{ id, said }, outsider, insider] = [await theme(), await divisional(), await make.member({ role: "product_manager" })];
  expect(await everythingOf(id, outsider)).toContain("zebra");
  const closed = await make.category({ staff: "create" });
  // Not even the work that follows has been done: the topic itself is asked.
  await db.update(topics).set({ categoryId: closed.id }).where(eq(topics.id, said[0]!.topic.id));
  const after = await everythingOf(id, outsider);
  expect([after.includes("zebra"), after.includes("customer_0"), after.includes("picture-0")]).toEqual([false, false, false]);
  expect(await everythingOf(id, insider)).toContain("zebra");
  expect((await counts(id))[0]).toBe(3);
  const [statement] = await db.select().from(statements).where(eq(statements.postId, said[0]!.post.id)).limit(1);
  expect((await visit(`/insights/statements/${statement!.id}`, { as: outsider, form: { statementId: String(statement!.id), to: "praise" } })).status).toBe(404);
}, 60_000);

test("an erased member is named nowhere and speaks for no account; what stays under a neutral name counts as that name", async () => {
  const [{ id, said }, manager] = [await theme(), await make.member({ role: "product_manager" })];
  const neutral = await make.member({ username: "former_member", name: "Former member", email: null });
  const [{ author: first }, { author: second }] = said as [(typeof said)[0], (typeof said)[0]];
  await db.transaction(async (tx) => {
    for (const gone of [first, second]) {
      await tx.update(posts).set({ authorId: neutral.id }).where(eq(posts.authorId, gone.id));
      await tx.update(topics).set({ authorId: neutral.id }).where(eq(topics.authorId, gone.id));
      await record(tx, { type: "member.erased", memberId: gone.id });
      await tx.delete(members).where(eq(members.id, gone.id));
    }
  });
  await finishWork();
  const after = await everythingOf(id, manager);
  for (const name of ["Customer A", "customer_0", "Customer B", "customer_1", "Harbour Lodge</span>"]) expect([name, after.includes(name)]).toEqual([name, false]);
  expect(after).toContain("Former member");
  expect(after).toContain("zebra");
  // Two who are nobody any more are one voice, which is less than there were and not more.
  expect(await counts(id)).toEqual([2, 0, 3]);
}, 60_000);

test("an account renamed in place to nobody loses its customer, and the evidence its name", async () => {
  const [{ id, said }, manager] = [await theme(), await make.member({ role: "product_manager" })];
  await db.transaction(async (tx) => {
    await tx.update(members).set({ username: "former_7", usernameSkeleton: "former_7", name: "Former member", email: null }).where(eq(members.id, said[0]!.author.id));
    await record(tx, { type: "member.erased", memberId: said[0]!.author.id });
  });
  await finishWork();
  const after = await everythingOf(id, manager);
  expect([after.includes("Customer A"), after.includes("customer_0")]).toEqual([false, false]);
  expect(await counts(id)).toEqual([3, 0, 3]);
}, 60_000);

test("posts deleted for good leave no count and no word behind, not even in what themes remember", async () => {
  const { id, said } = await theme();
  await db.delete(topics).where(eq(topics.id, said[0]!.topic.id));
  await finishWork();
  expect(await counts(id)).toEqual([2, 0, 2]);
  const [memory] = await db.execute<{ all: string }>(sql`select string_agg(state::text, ' ') as all from theme_clusters`);
  expect(memory!.all).not.toContain("zebra");
});
