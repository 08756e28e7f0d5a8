import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { asc, eq } from "drizzle-orm";
import { strToU8, unzipSync, zipSync } from "fflate";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { guest, type Member, type Viewer } from "#app/core/viewer.ts";
import { exportPages } from "#app/wikis/files/export-pages.ts";
import { importPages } from "#app/wikis/files/import-pages.ts";
import { readPageFile, versionsOf } from "#app/wikis/files/page-file.ts";
import { listSources } from "#app/wikis/sources.ts";
import { readFolder, readZip } from "#app/wikis/files/read-folder.ts";
import { db } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import { pageFiles, pageLinks, pageRevisions, pages, pageSources } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";

const folder = mkdtempSync(path.join(tmpdir(), "wellspring-files-"));
config.dataDir = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = (files: Record<string, string | Buffer>) => new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)]));
const now = new Date("2030-06-01T00:00:00Z");
async function* once(bytes: Uint8Array) {
  yield bytes;
}
async function bytesOf(zip: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zip) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The tree as titles with those above and their words, in order. */
async function treeOf(wikiId: number) {
  const rows = await db.select().from(pages).where(eq(pages.wikiId, wikiId)).orderBy(asc(pages.position), asc(pages.id));
  const byId = new Map(rows.map((row) => [row.id, row.title]));
  const below = (parentId: number | null): unknown[] => rows.filter((row) => row.parentId === parentId).map((row) => [row.title, documentToMarkdown(row.body), below(row.id)]);
  expect(byId.size).toBe(rows.length);
  return below(null);
}

test("a wiki that is taken out and brought into an empty one is the same tree with the same words, links and pictures", async () => {
  const importer = await make.member({ role: "owner" });
  const [from, to] = [await make.wiki(), await make.wiki()];
  const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: "red" } }).jpeg().toBuffer();
  const { dropped } = await importPages(from, filesOf({
    "01-top.md": "---\ntitle: The top\nparent: null\n---\nSee [[Below: a \\| b]] and [the other](02-below.md#x), not `[this](02-below.md)`.\n\n```\n[[The top]] [x](02-below.md)\n```\n\n| a | b |\n|---|---|\n| [[The top]] | *c* |",
    "02-below.md": "---\ntitle: \"Below: a | b\"\nparent: The top\n---\n![A valve](pictures/valve.jpg)\n\n- [ ] [[Not written yet]]\n- **[up](01-top.md)**",
    "03-deep.md": "---\ntitle: Deep\nparent: \"Below: a | b\"\n---\n<b>&amp; \\* [x]\n\nhttps://a.example/b",
    "04-beside.md": "---\ntitle: Beside\n---\n> quoted",
    "pictures/valve.jpg": picture,
  }), { importer, now });
  expect(dropped).toEqual([]);
  const zip = await bytesOf(await exportPages(importer, from));
  const names = Object.keys(unzipSync(zip));
  expect(names.slice(0, 4)).toEqual(["0001-the-top.md", "0002-below-a-b.md", "0003-deep.md", "0004-beside.md"]);
  expect(names[4]).toMatch(/^files\/[\w-]{22}\.jpg$/);
  expect(Buffer.from(unzipSync(zip)["0001-the-top.md"]!).toString()).toContain("(0002-below-a-b.md)");

  const again = await importPages(to, await readZip(once(zip)), { importer, now });
  expect(again).toMatchObject({ dropped: [], kept: [] });
  const normal = (tree: unknown) => JSON.parse(JSON.stringify(tree).replace(/\/files\/[\w-]{22}\//g, "/files/KEY/")) as unknown;
  expect(normal(await treeOf(to.id))).toEqual(normal(await treeOf(from.id)));
  const links = async (wikiId: number) => (await db.select({ from: pages.title, target: pageLinks.targetId, wanted: pageLinks.wantedTitle }).from(pageLinks).innerJoin(pages, eq(pages.id, pageLinks.pageId)).where(eq(pages.wikiId, wikiId))).map(({ from, target, wanted }) => [from, target !== null, wanted]).sort();
  expect(await links(to.id)).toEqual(await links(from.id));
  expect((await links(to.id)).filter(([, isThere]) => !isThere)).toEqual([["Below: a | b", false, "Not written yet"]]);
  expect(await db.$count(pageFiles)).toBe(2);
});

test("an import that is run again changes nothing, and never writes over what people changed", async () => {
  const importer = await make.member({ role: "owner" });
  const wiki = await make.wiki();
  const files = filesOf({ "a.md": "# Pumps\n\nThey drip.", "b.md": "Valves." });
  expect((await importPages(wiki, files, { importer, now })).created).toEqual(["Pumps", "B"]);
  await db.update(pages).set({ body: text("Another text.") }).where(eq(pages.title, "B"));
  const before = await treeOf(wiki.id);
  expect(await importPages(wiki, files, { importer, now })).toEqual({ created: [], unchanged: ["Pumps"], kept: ["B"], dropped: [] });
  expect(await treeOf(wiki.id)).toEqual(before);
});

test("a folder without heads is a tree by its folders, and a circle of parents is opened", async () => {
  const importer = await make.member({ role: "owner" });
  const wiki = await make.wiki();
  await importPages(wiki, filesOf({
    "README.md": "# Start", "heat/index.md": "Of heat.", "heat/02-pumps.md": "Of pumps.", "heat/pumps/old/deep.md": "Deep.", "heat/pumps.md": "---\ntitle: Pumps again\n---\nx",
    "one.md": "---\ntitle: One\nparent: Two\n---\nx", "two.md": "---\ntitle: Two\nparent: One\n---\nx",
  }), { importer, now });
  const rows = await db.select({ id: pages.id, title: pages.title, parentId: pages.parentId }).from(pages);
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  const above = Object.fromEntries(rows.map(({ title, parentId }) => [title, titles.get(parentId ?? 0) ?? null]));
  expect(above).toMatchObject({ Start: null, Heat: "Start", Pumps: "Heat", "Pumps again": "Heat", Deep: "Pumps again" });
  expect([above.One, above.Two].filter((parent) => parent === null)).toHaveLength(1);
});

test("what is wrong with a file is said by its name, and the others are taken", async () => {
  const importer = await make.member({ role: "owner" });
  const wiki = await make.wiki();
  const files = new Map<string, Buffer | null>([
    ...filesOf({ "bad-head.md": "---\n[: x\n---\ny", "bomb.md": `---\na: &a [x]\nb: [*a, *a]\n---\ny`, "deep.md": `${">".repeat(500)} deep`, "same.md": "# Right", "right.md": "# Right", "date.md": "---\ntitle: D\ndate: never\n---\n", "huge.md": "x ".repeat(200_000), "change.md": "---\ntitle: C\n---\nnow\n\n--- changes\n--- ada | 1d | why\n- then\n+ never there\n" }),
    ["latin.md", Buffer.from([0x66, 0xe9, 0x66])], ["too-large.md", null], ["picture.png", null],
  ]);
  const { created, dropped } = await importPages(wiki, files, { importer, now });
  expect(created).toEqual(["Right"]);
  expect(dropped.map(({ name }) => name).sort()).toEqual(["bad-head.md", "bomb.md", "change.md", "date.md", "deep.md", "huge.md", "latin.md", "picture.png", "same.md", "too-large.md"]);
  expect(dropped.every(({ why }) => why.length > 0)).toBe(true);
});

test("archives that lead out, unfold without end or are none are refused whole", async () => {
  const page = strToU8("x");
  for (const name of ["../x.md", "a/../../x.md", "/etc/x.md", "C:\\x.md", "a\\..\\x.md"]) await expect(readZip(once(zipSync({ "right.md": page, [name]: page }))), name).rejects.toThrow("leads out");
  for (const bytes of [strToU8("no zip at all"), new Uint8Array(0), zipSync({ "a.md": page }).subarray(0, 20)]) await expect(readZip(once(bytes))).rejects.toThrow();
  const large = await readZip(once(zipSync({ "large.md": new Uint8Array(3 * 1024 * 1024), "small.md": page, "other.exe": page })));
  expect([...large].map(([name, content]) => [name, content?.length ?? null])).toEqual([["large.md", null], ["small.md", 1]]);
});

test("an export holds what its viewer sees, and no word of the rest", async () => {
  const wiki = await make.wiki();
  const lounge = await make.category({ members: "create" }, { holds: "wiki" });
  const shown = await make.page({ wikiId: wiki.id, title: "Shown" });
  const hidden = await make.page({ wikiId: wiki.id, title: "Zephyrquill", parentId: shown.id, categoryId: lounge.id });
  const orphan = await make.page({ wikiId: wiki.id, title: "Orphan", parentId: hidden.id, categoryId: wiki.categoryId });
  await make.page({ wikiId: wiki.id, title: "Draft", publishedRevision: 0 });
  await make.page({ wikiId: wiki.id, title: "Removed", removedAt: new Date() });
  const seenBy = async (viewer: Member | typeof guest, top?: number) => Object.values(unzipSync(await bytesOf(await exportPages(viewer, wiki, top)))).map((file) => Buffer.from(file).toString());
  const forGuests = await seenBy(guest);
  expect(forGuests.map((file) => /title: (\w+)/.exec(file)![1])).toEqual(["Shown", "Orphan"]);
  expect(forGuests.join()).not.toMatch(/Zephyrquill|Draft|Removed/);
  const member = await make.member();
  expect((await seenBy(member)).map((file) => /title: (\w+)/.exec(file)![1])).toEqual(["Shown", "Zephyrquill", "Orphan"]);
  expect(await seenBy(member, orphan.id)).toHaveLength(1);
  await expect(exportPages(guest, wiki, hidden.id)).rejects.toThrow("core.notFound");
});

test("the demo's handbook can be undone change by change, and every page of it is taken with its history", async () => {
  const importer = await make.member({ role: "owner" });
  const wiki = await make.wiki();
  const files = await readFolder("db/seed/handbook");
  const { created, dropped } = await importPages(wiki, files, { importer, now: new Date() });
  expect(dropped).toEqual([]);
  expect(created).toHaveLength(43);
  const first = readPageFile(files.get("01-the-handbook.md")!.toString(), new Date());
  expect(versionsOf(first)[0]).toContain("| Glossary | [[Glossary]] |");
  const [row] = await db.select().from(pages).where(eq(pages.title, "The handbook"));
  expect(await db.$count(pageRevisions, eq(pageRevisions.pageId, row!.id))).toBe(first.changes.length + 1);
  expect(row!.bodyText).not.toContain("[[");
  expect(await db.$count(pages, eq(pages.parentId, row!.id))).toBeGreaterThan(5);
  const wanted = await db.select({ title: pageLinks.wantedTitle }).from(pageLinks).where(eq(pageLinks.pageId, row!.id));
  expect(wanted.filter(({ title }) => title !== null)).toEqual([]);
});

test("a folder on disk is read, without what is hidden or leads elsewhere", async () => {
  const place = mkdtempSync(path.join(tmpdir(), "wellspring-folder-"));
  writeFileSync(path.join(place, "a.md"), "x");
  writeFileSync(path.join(place, ".secret.md"), "x");
  writeFileSync(path.join(place, "program.exe"), "x");
  expect([...(await readFolder(place)).keys()]).toEqual(["a.md"]);
  rmSync(place, { recursive: true });
  await expect(readFolder(place)).rejects.toThrow("nothing at");
});

test("credit goes along with a page: linked again where the talk is here, in words where it is not", async () => {
  const importer = await make.member({ role: "owner" });
  const [asker, helper] = [await make.member({ username: "cleo" }), await make.member({ username: "pavel" })];
  const topic = await make.topic({ title: "Why: does it \"hum\"?", authorId: asker.id });
  await make.post({ topicId: topic.id });
  const answer = await make.post({ topicId: topic.id, authorId: helper.id });
  const secret = await make.topic({ title: "Secret", authorId: asker.id, categoryId: (await make.category({ staff: "create" })).id });
  await make.post({ topicId: secret.id });
  const from = await make.wiki();
  const page = await make.page({ wikiId: from.id, title: "Humming" });
  const credit = { pageId: page.id, promotedById: importer.id };
  await db.insert(pageSources).values([{ ...credit, topicId: topic.id }, { ...credit, topicId: topic.id, postId: answer.id }, { ...credit, topicId: secret.id }, { ...credit, title: "Elsewhere", authors: ["olga", "piet"] }]);
  const takenBy = async (viewer: Viewer) => Buffer.from(Object.values(unzipSync(await bytesOf(await exportPages(viewer, from))))[0]!).toString();
  // Whoever does not see a talk takes no word of it along.
  expect(await takenBy(guest)).not.toContain("Secret");
  const file = await takenBy(importer);
  expect(readPageFile(file, now).madeFrom.map(({ title }) => title)).toEqual(['Why: does it "hum"?', 'Why: does it "hum"?', "Secret", "Elsewhere"]);

  const bringIn = async (source: string) => {
    const to = await make.wiki();
    await importPages(to, filesOf({ "a.md": source }), { importer, now });
    const [made] = await db.select({ id: pages.id }).from(pages).where(eq(pages.wikiId, to.id));
    return listSources(db, guest, made!.id);
  };
  const inWords = { title: "Elsewhere", path: null, authors: [{ name: "olga", username: null }, { name: "piet", username: null }] };
  expect(await bringIn(file)).toEqual([{ title: topic.title, path: `/t/${topic.slug}/${topic.id}`, authors: [{ name: asker.name, username: "cleo" }, { name: helper.name, username: "pavel" }] }, inWords]);
  // In another community the same numbers are of something else.
  await db.update(topics).set({ title: "Another" }).where(eq(topics.id, topic.id));
  expect((await bringIn(file)).map(({ title, path, authors }) => [title, path, authors[0]!.name])).toEqual([[topic.title, null, "cleo"], [topic.title, null, "pavel"], ["Elsewhere", null, "olga"]]);
  expect(await bringIn("---\ntitle: Odd\nmadeFrom: [1, {title: [x]}, {title: ' a ', authors: 3, link: {x: 1}}, null]\n---\nWords")).toEqual([{ title: "a", path: null, authors: [] }]);
});
