import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { vote } from "#app/forums/votes.ts";
import { decideTheme } from "#app/insights/decide.ts";
import { minePosts } from "#app/insights/mine-posts.ts";
import { countVote } from "#app/insights/mine-on-change.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { topics } from "#db/schema/forums.ts";
import { themes, toldMembers } from "#db/schema/insights.ts";
import { mailRefusals } from "#db/schema/notifications.ts";
import { useSmallModel } from "#tests/support/insights-model.ts";
import { sentMail } from "#tests/support/mailbox.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

beforeEach(useSmallModel);

/** A wish that one member wrote down and another voted for, in a category that everyone sees. */
async function wish(values: { asker?: Parameters<typeof make.member>[0] } = {}) {
  const [asker, voter] = [await make.member({ name: "Ann", ...values.asker }), await make.member({ name: "Ben" })];
  const topic = await make.topic({ kind: "idea", authorId: asker.id, title: "Please add an export for the invoice page" });
  const post = await make.post({ topicId: topic.id, authorId: asker.id, body: text("Thank you.") });
  await vote(voter, topic.id, { on: true });
  await minePosts([post.id]);
  await countVote({ topicId: topic.id });
  const [theme] = await db.select().from(themes);
  return { asker, voter, topic, themeId: theme!.id, manager: await make.member({ role: "product_manager", name: "Pia", label: "employee" }) };
}

const to = (mails: string[]) => mails.map((mail) => /^To: "(.*)"/m.exec(mail)![1]).sort();
const stopIn = (mail: string) => new URL(/^List-Unsubscribe: <(.*)>\r$/m.exec(mail)![1]!).pathname;

test("whoever asked and whoever voted is mailed once for each decision, the honest no and its reason included", async () => {
  const { topic, themeId, manager } = await wish();
  await decideTheme(manager, themeId, { state: "declined", reason: "It would cost more than it helps.", tell: true });
  const mails = await sentMail();
  expect(to(mails)).toEqual(["Ann", "Ben"]);
  for (const mail of mails) {
    expect(mail).toContain("Subject: Not planned: Please add an export for the invoice page");
    expect(mail).toContain("The product team has decided not to do what is asked for here.");
    // In both its forms.
    expect(mail.split("Pia (Employee) says why: It would cost more than it helps.")).toHaveLength(3);
    expect(mail).toContain(`/t/${topic.slug}/${topic.id}/2#post-2`);
  }
  await decideTheme(manager, themeId, { state: "declined", reason: "Said better.", tell: true });
  expect(await sentMail()).toHaveLength(2);
  expect((await db.select().from(toldMembers)).every(({ mailedAt }) => mailedAt !== null)).toBe(true);
  await decideTheme(manager, themeId, { state: "planned", reason: "", tell: true });
  expect(await sentMail()).toHaveLength(4);
}, 60_000);

test("the mail speaks the member's language", async () => {
  const { themeId, manager } = await wish({ asker: { locale: "en-XA" } });
  await decideTheme(manager, themeId, { state: "shipped", reason: "", tell: true });
  const mail = (await sentMail()).find((one) => one.includes('To: "Ann"'));
  expect(mail).toMatch(/Subject: ⟦Áváíláblé ñów/);
});

test("one press stops such mail, signed in or not, for this member and no other", async () => {
  const { asker, themeId, manager } = await wish();
  await decideTheme(manager, themeId, { state: "accepted", reason: "", tell: true });
  const mail = (await sentMail()).find((one) => one.includes('To: "Ann"'))!;
  expect(mail).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  expect((await visit(stopIn(mail))).status).toBe(200);
  expect(await db.$count(mailRefusals)).toBe(0);
  expect((await visit(stopIn(mail).replace(`decision-${asker.id}`, `decision-${asker.id + 1}`), { form: {} })).status).toBe(404);
  expect((await visit(stopIn(mail), { form: { "List-Unsubscribe": "One-Click" } })).status).toBe(200);
  expect((await db.select().from(mailRefusals)).map(({ memberId }) => memberId)).toEqual([asker.id]);
  await decideTheme(manager, themeId, { state: "shipped", reason: "", tell: true });
  expect(to(await sentMail())).toEqual(["Ann", "Ben", "Ben"]);
  const page = await (await visit("/settings/mail", { as: asker })).text();
  expect(page).not.toMatch(/name="decision"[^>]*checked/);
  await visit("/settings/mail", { as: asker, form: { decision: "on" } });
  expect(await db.$count(mailRefusals)).toBe(0);
}, 60_000);

test("nobody is mailed of a topic that they may no longer see when the mail goes out, nor of a decision that no longer stands", async () => {
  const { topic, themeId, manager } = await wish();
  const { tellOfDecision } = await import("#app/insights/tell.ts");
  await decideTheme(manager, themeId, { state: "planned", reason: "", tell: true });
  await tellOfDecision.run({ themeId, state: "planned", actorId: manager.id });
  expect(await db.$count(toldMembers)).toBe(2);
  const closed = await make.category({ staff: "create" });
  await db.update(topics).set({ categoryId: closed.id }).where(eq(topics.id, topic.id));
  expect(await sentMail()).toEqual([]);

  await db.update(topics).set({ categoryId: topic.categoryId }).where(eq(topics.id, topic.id));
  await decideTheme(manager, themeId, { state: "shipped", reason: "", tell: true });
  await tellOfDecision.run({ themeId, state: "shipped", actorId: manager.id });
  await decideTheme(manager, themeId, { state: "declined", reason: "We were wrong.", tell: false });
  expect(await sentMail()).toEqual([]);
});

test("no mail goes to addresses nobody proved, to suspended members, for muted or removed topics", async () => {
  for (const spoil of ["unproven", "suspended", "muted", "removed"] as const) {
    await db.execute(sql`truncate themes, statements, theme_clusters, told_members, mined_posts cascade`);
    await db.execute(sql`delete from site_settings where key like 'insights.themes%'`);
    const { asker, voter, topic, themeId, manager } = await wish();
    const { tellOfDecision } = await import("#app/insights/tell.ts");
    await decideTheme(manager, themeId, { state: "planned", reason: "", tell: true });
    await tellOfDecision.run({ themeId, state: "planned", actorId: manager.id });
    for (const { id } of [asker, voter]) {
      if (spoil === "unproven") await db.update(members).set({ emailVerifiedAt: null }).where(eq(members.id, id));
      if (spoil === "suspended") await db.update(members).set({ suspendedUntil: new Date(Date.now() + 1e9) }).where(eq(members.id, id));
      if (spoil === "muted") await db.execute(sql`insert into topic_reads (member_id, topic_id, level) values (${id}, ${topic.id}, 'muted') on conflict (member_id, topic_id) do update set level = 'muted'`);
    }
    if (spoil === "removed") await db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, topic.id));
    expect([spoil, to(await sentMail())]).toEqual([spoil, []]);
  }
}, 60_000);
