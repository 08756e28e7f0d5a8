import { expect, test } from "vitest";
import { db } from "#db/client.ts";
import { posts } from "#db/schema/forums.ts";
import { make } from "#tests/support/make.ts";
import { origin, visit } from "#tests/support/visit.ts";

async function aTopic() {
  const [member, topic] = [await make.member(), await make.topic()];
  await make.post({ topicId: topic.id });
  return { member, page: `/t/${topic.slug}/${topic.id}` };
}

const foreign: Record<string, Record<string, string>> = {
  "another site": { origin: "https://evil.test" },
  "a sandboxed frame": { origin: "null" },
  "a name that begins like ours": { origin: "http://localhost.evil.test:3000" },
  "our host on another port": { origin: "http://localhost:1" },
  "our host by another protocol": { origin: "https://localhost:3000" },
  "a browser that names no origin but says it crosses sites": { "sec-fetch-site": "cross-site" },
  "a neighbour under the same domain": { "sec-fetch-site": "same-site" },
  "nonsense": { origin: "nonsense" },
};
const ways: [string, (page: string) => string][] = [
  ["its page", (page) => page],
  ["its data", (page) => `${page}.data`],
  ["its data, for chosen routes", (page) => `${page}.data?_routes=root`],
  ["Remix's old data address", (page) => `${page}?_data=forums%2Froutes%2Ftopic`],
];

test.each(Object.entries(foreign).flatMap(([who, headers]) => ways.map(([where, at]) => [who, where, headers, at] as const)))(
  "a reply sent by %s to %s is refused",
  async (_who, _where, headers, at) => {
    const { member, page } = await aTopic();
    const answer = await visit(at(page), { as: member, form: { body: "Gotcha" }, headers: headers });
    expect([403, 400]).toContain(answer.status);
    expect(await db.$count(posts)).toBe(1);
  },
);

test("a foreign site cannot dress JSON as text, and forms of our own and of tools without a browser pass", async () => {
  const { member, page } = await aTopic();
  const dressed = await visit(page, { as: member, body: '{"body":"Gotcha"}', headers: { origin: "https://evil.test", "content-type": "text/plain" } });
  expect(dressed.status).toBe(403);
  expect((await visit(page, { as: member, form: { body: "Ours" }, headers: { origin } })).status).toBe(302);
  expect((await visit(page, { as: member, form: { body: "A tool's" } })).status).toBe(302);
  expect(await db.$count(posts)).toBe(3);
});

test.each([
  ["JSON", "application/json", '{"body":"x"}'],
  ["text", "text/plain", "body=x"],
  ["nothing at all", "", "body=x"],
  ["a made up type", "application/x-nonsense; q=1", "body=x"],
])("a form sent as %s is refused", async (_what, type, body) => {
  const { member, page } = await aTopic();
  const answer = await visit(page, { as: member, method: "POST", body: new Blob([body]), headers: { "content-type": type } });
  expect(answer.status).toBe(415);
  expect(await db.$count(posts)).toBe(1);
});

test.each([
  ["multipart without a boundary", "multipart/form-data", "body=x", 422],
  ["multipart that never ends", "multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nx', 422],
  ["a field with a zero character", "application/x-www-form-urlencoded", "body=a%00b", 422],
  ["a field sent twice", "application/x-www-form-urlencoded", "body=a&body=b", 422],
  ["a field that names every object's property", "application/x-www-form-urlencoded", "__proto__=a&constructor=b", 422],
  ["an object where a text belongs", "application/x-www-form-urlencoded", "body[a]=1", 422],
  ["JSON that ends half-way as a document", "application/x-www-form-urlencoded", `body=${encodeURIComponent('{"type":"doc","content":[')}&key=nonsense`, 302],
])("%s is answered with %s", async (_what, type, body, status) => {
  const { member, page } = await aTopic();
  const answer = await visit(page, { as: member, method: "POST", body: new Blob([body]), headers: { "content-type": type } });
  expect(answer.status).toBe(status);
});

test("a form above a megabyte is refused, whether it says so or not", async () => {
  const { member, page } = await aTopic();
  const huge = `body=${"a".repeat(1_200_000)}`;
  expect((await visit(page, { as: member, method: "POST", body: huge, headers: { "content-type": "application/x-www-form-urlencoded" } })).status).toBe(413);
  const stream = new Blob([huge]).stream();
  const answer = await fetch(origin + page, { method: "POST", body: stream, duplex: "half", headers: { "content-type": "application/x-www-form-urlencoded" } } as RequestInit).catch(() => ({ status: 413 }));
  expect(answer.status).toBe(413);
});

test("ten thousand fields are too many", async () => {
  const { member, page } = await aTopic();
  const form = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`a${n}`, "1"]));
  expect((await visit(page, { as: member, form })).status).toBe(413);
});

test("a method that a page has no action for is refused, not an error", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const answer = await visit("/", { method, headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=1" });
    expect([405, 404]).toContain(answer.status);
  }
  expect((await visit("/", { method: "OPTIONS" })).status).toBe(204);
});
