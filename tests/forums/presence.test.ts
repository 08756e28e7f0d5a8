import fc from "fast-check";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { People } from "#app/core/realtime-messages.ts";
import { createReply } from "#app/forums/replies.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { topics } from "#db/schema/forums.ts";
import { all, ask, connect, join, type Browser } from "#tests/support/connect.ts";
import { make, text } from "#tests/support/make.ts";
import { finishWork } from "#tests/support/work.ts";

const last = (messages: unknown[]) => messages.at(-1) as People | undefined;
const typing = (browser: Browser, room: `topic:${number}`, isTyping = true) => browser.emit("typing", { room, isTyping });

test("members here are shown to each other, guests are counted, and whoever hides is neither", async () => {
  const topic = await make.topic();
  const [ada, hidden] = [await make.member({ name: "Ada" }), await make.member({ hidesPresence: true })];
  const guest = await connect();
  const heard = all(guest, "people.changed");
  for (const browser of [guest, await connect(ada), await connect(ada), await connect(hidden)]) expect(await join(browser, `topic:${topic.id}`)).toBe(true);
  await expect.poll(() => last(heard), { timeout: 5000 }).toEqual({
    room: `topic:${topic.id}`, people: [{ id: ada.id, username: ada.username, name: "Ada", avatarFileId: null }], peopleCount: 1, guestCount: 1,
  });
  expect(JSON.stringify(heard)).not.toContain(hidden.username);
});

test("whoever leaves is here no longer, and whoever comes to hide is gone at once", async () => {
  const topic = await make.topic();
  const [ann, ben] = [await make.member(), await make.member()];
  const [watcher, byAnn, byBen] = [await connect(), await connect(ann), await connect(ben)];
  const heard = all(watcher, "people.changed");
  for (const browser of [watcher, byAnn, byBen]) expect(await join(browser, `topic:${topic.id}`)).toBe(true);
  await expect.poll(() => last(heard)?.peopleCount, { timeout: 5000 }).toBe(2);

  byAnn.disconnect();
  await expect.poll(() => last(heard)?.people.map(({ id }) => id), { timeout: 5000 }).toEqual([ben.id]);

  await db.update(members).set({ hidesPresence: true }).where(eq(members.id, ben.id));
  const { record } = await import("#app/core/events.ts");
  await db.transaction((tx) => record(tx, { type: "member.changed", memberId: ben.id }));
  await finishWork();
  await expect.poll(() => last(heard)?.people, { timeout: 5000 }).toEqual([]);
});

test("others hear who writes and that they stopped, also by closing their tab", async () => {
  const topic = await make.topic();
  const room = `topic:${topic.id}` as const;
  const writer = await make.member();
  const [reader, byWriter] = [await connect(), await connect(writer)];
  const heard = all(reader, "typing.changed");
  for (const browser of [reader, byWriter]) expect(await join(browser, room)).toBe(true);

  typing(byWriter, room);
  await expect.poll(() => heard).toMatchObject([{ room, person: { id: writer.id }, isTyping: true }]);
  byWriter.disconnect();
  await expect.poll(() => heard).toMatchObject([{ isTyping: true }, { isTyping: false }]);
});

test.each([
  ["hides their presence", async () => ({ as: await make.member({ hidesPresence: true }), topic: await make.topic() })],
  ["may only read", async () => ({ as: await make.member(), topic: await make.topic({ categoryId: (await make.category({ members: "see", staff: "create" })).id }) })],
  ["is suspended", async () => ({ as: await make.member({ suspendedUntil: new Date(Date.now() + 60_000) }), topic: await make.topic() })],
  ["writes where it is closed", async () => ({ as: await make.member(), topic: await make.topic({ lockedAt: new Date() }) })],
  ["is a guest", async () => ({ as: undefined, topic: await make.topic() })],
] as const)("nobody hears that someone writes who %s", async (_, set) => {
  const { as, topic } = await set();
  const room = `topic:${topic.id}` as const;
  const witness = await make.member({ role: "admin" });
  const [reader, silent, other] = [await connect(await make.member()), await connect(as), await connect(witness)];
  const heard = all(reader, "typing.changed");
  for (const browser of [reader, silent, other]) expect(await join(browser, room)).toBe(true);
  typing(silent, room);
  // Its answer comes after the silence before it has been decided.
  await ask(silent, room);
  typing(other, room);
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  expect(heard.every((message) => (message as { person: { id: number } }).person.id === witness.id)).toBe(true);
});

test("nobody says that they write in a room they have not entered", async () => {
  const topic = await make.topic();
  const room = `topic:${topic.id}` as const;
  const [reader, outside] = [await connect(), await connect(await make.member())];
  const heard = all(reader, "typing.changed");
  expect(await join(reader, room)).toBe(true);
  typing(outside, room);
  await ask(outside, "topic:999999");
  await ask(reader, room);
  expect(heard).toEqual([]);
});

test("however the connection is cut while replies come in, a reader who asks where the topic stands misses none and gets none twice", { timeout: 60_000 }, async () => {
  const author = await make.member();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom("reply", "cut", "back"), { minLength: 3, maxLength: 12 }), async (steps) => {
      const topic = await make.topic({ authorId: author.id });
      const room = `topic:${topic.id}` as const;
      const shown: number[] = [];
      // As the page does: a newer state than the one shown makes it ask for the posts beyond.
      const see = ({ lastPostNumber }: { lastPostNumber?: number }) => {
        for (let number = shown.length + 1; number <= (lastPostNumber ?? 0); number++) shown.push(number);
      };
      let browser = undefined as Browser | undefined;
      const open = async () => {
        browser = await connect();
        browser.on("topic.changed", see);
        const answer = await ask(browser, room);
        if (answer.ok) see(answer.state);
      };
      await open();
      for (const step of [...steps, "back" as const]) {
        if (step === "reply") await createReply(author, topic.id, { body: text("News") }).then(() => finishWork());
        if (step === "cut") browser = void browser?.disconnect();
        if (step === "back" && !browser) await open();
      }
      const [now] = await db.select({ last: topics.lastPostNumber }).from(topics).where(eq(topics.id, topic.id));
      const wanted = Array.from({ length: now!.last }, (_, index) => index + 1);
      await expect.poll(() => shown, { timeout: 5000 }).toEqual(wanted);
    }),
    { numRuns: 12 },
  );
});
