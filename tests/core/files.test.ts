import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, expect, test, vi } from "vitest";
import { config } from "#app/core/config.ts";
import { sweepFiles } from "#app/core/files/sweep-files.ts";
import { storeImage } from "#app/core/files/files.ts";
import { harmlessName } from "#app/core/files/receive-upload.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { files, postFiles } from "#db/schema/files.ts";
import { make } from "#tests/support/make.ts";
import { cookieOf, origin, visit } from "#tests/support/visit.ts";

// Before anything is imported: the built pages read their settings once, and must write where this test looks.
const folder = vi.hoisted(() => (process.env.DATA_DIR = `${process.env.TMPDIR ?? "/tmp"}/wellspring-files-${process.pid}`));
config.dataDir = folder;
afterAll(() => rm(folder, { recursive: true, force: true }));

const jpeg = (width = 1200, height = 900) =>
  sharp({ create: { width, height, channels: 3, background: "#2f6f5e" } })
    .jpeg()
    .withExif({ IFD0: { Make: "SecretCamera" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 0/1", GPSLongitudeRef: "E", GPSLongitude: "13/1 24/1 0/1" } })
    .toBuffer();

function send(as: Member | undefined, bytes: Buffer | string, name = "photo.jpg", type = "image/jpeg"): Promise<Response> {
  const form = new FormData();
  form.append("file", new Blob([bytes as BlobPart], { type }), name);
  return visit("/uploads", { as, body: form, method: "POST" });
}

const keptFiles = async () => (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile()).map(({ name }) => name);

test("where a picture was taken, and with what, is in none of its copies", async () => {
  const ada = await make.member();
  const original = await jpeg(2000, 1500);
  expect((await sharp(original).metadata()).exif!.toString("latin1")).toContain("SecretCamera");

  const answer = (await (await send(ada, original)).json()) as { key: string; src: string; width: number; height: number };
  expect(answer).toMatchObject({ width: 2000, height: 1500, name: "photo.jpg" });
  expect(answer.src).toBe(`/files/${answer.key}/2000x1500`);
  for (const name of ["2000x1500", "w480.webp", "w960.webp", "w1600.webp"]) {
    const response = await visit(`/files/${answer.key}/${name}`, { as: ada });
    const bytes = Buffer.from(await response.arrayBuffer());
    const { exif, xmp, iptc, format } = await sharp(bytes).metadata();
    expect([response.status, exif, xmp, iptc], name).toEqual([200, undefined, undefined, undefined]);
    expect(format).toBe(name.startsWith("w") ? "webp" : "jpeg");
    expect(bytes.toString("latin1")).not.toMatch(/SecretCamera|GPS|Exif/);
  }
});

test("a picture taken sideways stands upright", async () => {
  const turned = await sharp({ create: { width: 400, height: 200, channels: 3, background: "red" } }).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  expect(await (await send(await make.member(), turned)).json()).toMatchObject({ width: 200, height: 400 });
});

test("what is sent cannot run, be guessed at or be kept by others", async () => {
  const ada = await make.member();
  const { src } = (await (await send(ada, await jpeg(), "../../ évil\u202Egpj.\"exe.jpg")).json()) as { src: string };
  const { headers } = await visit(src, { as: ada });
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cache-control")).toMatch(/^private/);
  expect(headers.get("content-security-policy")).toContain("sandbox");
  expect(headers.get("content-type")).toBe("image/jpeg");
  expect(headers.get("content-disposition")).toMatch(/^inline; filename\*=UTF-8''[\w%.-]+$/);
});

test.each<[string, () => Promise<Buffer | string> | string, string, number]>([
  ["a page called picture", () => "<!doctype html><script>alert(1)</script>", "x.png", 422],
  ["a drawing with scripts", () => '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "x.svg", 422],
  ["a damaged picture", async () => (await jpeg()).subarray(0, 900), "x.jpg", 422],
  ["nothing", () => "", "x.jpg", 422],
  ["a picture too large by a megabyte", () => Buffer.alloc(11 * 1024 * 1024, 1) as unknown as string, "x.jpg", 413],
])("%s is refused with a sentence, and leaves nothing behind", async (_what, bytes, name, status) => {
  const before = await keptFiles();
  const response = await send(await make.member(), await bytes(), name, "image/png");
  expect(response.status).toBe(status);
  expect(((await response.json()) as { message: string }).message).toMatch(/[a-z].*\.$/);
  expect(await keptFiles()).toEqual(before);
  expect(await db.$count(files)).toBe(0);
});

/** A PNG of a few bytes that says it is as large as this. */
function hugePng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.alloc(100_000))), chunk("IEND", Buffer.alloc(0))]);
}

test("a picture of nearly a billion pixels is refused for its size before any of it is read", async () => {
  const ada = await make.member();
  const said = async (bytes: Buffer) => {
    const response = await send(ada, bytes, "bomb.png");
    return [response.status, ((await response.json()) as { message: string }).message.includes("pixels")];
  };
  expect(await said(hugePng(30_000))).toEqual([422, true]);
  // Most of its rows are missing. Whoever reads them finds that first, and says so.
  expect(await said(hugePng(1_000))).toEqual([422, false]);
});

test("guests upload nothing", async () => {
  expect((await send(undefined, await jpeg())).status).toBe(401);
});

test.each([
  ["has not confirmed the address", { emailVerifiedAt: null }],
  ["is suspended", { suspendedUntil: new Date(Date.now() + 3_600_000) }],
])("whoever %s may post nothing, and uploads nothing", async (_why, state) => {
  const before = await keptFiles();
  const response = await send(await make.member(state), await jpeg());
  expect(response.status).toBe(403);
  expect(((await response.json()) as { message: string }).message).toMatch(/[a-z].*\.$/);
  expect([await keptFiles(), await db.$count(files)]).toEqual([before, 0]);
});

test("a picture in a private place is not there for others, in any size, and is for those who may see it", async () => {
  const [ada, max, eve] = [await make.member(), await make.member({ role: "moderator" }), await make.member()];
  const staffOnly = await make.category({ staff: "create" });
  const topic = await make.topic({ categoryId: staffOnly.id, authorId: ada.id });
  const post = await make.post({ topicId: topic.id, authorId: ada.id });
  const file = await storeImage(ada, { name: "x.jpg", bytes: await jpeg() }, "post");
  const path = `/files/${file.storageKey}`;
  expect((await visit(`${path}/w480.webp`, { as: max })).status).toBe(404);
  await db.insert(postFiles).values({ postId: post.id, fileId: file.id });

  const missing = await visit("/files/aaaaaaaaaaaaaaaaaaaaaa/w480.webp", { as: eve });
  const missingText = await missing.text();
  for (const name of ["1200x900", "w480.webp", "w960.webp"]) {
    expect((await visit(`${path}/${name}`, { as: max })).status).toBe(200);
    for (const as of [undefined, eve]) {
      const hidden = await visit(`${path}/${name}`, { as });
      expect([hidden.status, hidden.headers.get("content-type"), await hidden.text()]).toEqual([404, missing.headers.get("content-type"), missingText]);
    }
  }
});

test("a picture of a removed post is gone for readers", async () => {
  const ada = await make.member();
  const post = await make.post({ authorId: ada.id, removedAt: new Date() });
  const file = await storeImage(ada, { name: "x.jpg", bytes: await jpeg(300, 200) }, "post");
  await db.insert(postFiles).values({ postId: post.id, fileId: file.id });
  expect((await visit(`/files/${file.storageKey}/x`)).status).toBe(404);
});

test("a member's picture is square, for everybody, and in two sizes", async () => {
  const ada = await make.member();
  const file = await storeImage(ada, { name: "me.jpg", bytes: await jpeg() }, "avatar");
  for (const size of [96, 240]) {
    const response = await visit(`/avatars/${file.id}/${size}`);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({ width: size, height: size, format: "webp" });
  }
  expect((await visit(`/avatars/${file.id}/64`)).status).toBe(404);
  expect((await visit(`/files/${file.storageKey}/x`)).status).toBe(404);
});

test("an upload that breaks off leaves nothing", async () => {
  const before = await keptFiles();
  const { hostname, port } = new URL(origin);
  const cookie = await cookieOf(await make.member());
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST /uploads HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x.jpg"\r\n\r\nhalf`, () => {
        socket.destroy();
        resolve();
      });
    });
  });
  expect((await visit("/healthz")).status).toBe(200);
  expect([await keptFiles(), await db.$count(files)]).toEqual([before, 0]);
});

test("who goes away in the middle of a picture takes nobody else along", { timeout: 30_000 }, async () => {
  const ada = await make.member();
  const noise = await sharp(randomBytes(1500 * 1500 * 3), { raw: { width: 1500, height: 1500, channels: 3 } }).png().toBuffer();
  const { key } = (await (await send(ada, noise, "noise.png", "image/png")).json()) as { key: string };
  const { hostname, port } = new URL(origin);
  const request = `GET /files/${key}/1500x1500 HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${await cookieOf(ada)}\r\n\r\n`;
  const unheard: unknown[] = [];
  const hear = (error: unknown) => void unheard.push(error);
  process.on("uncaughtException", hear);
  for (let time = 0; time < 10; time++) {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    expect(String(((await once(socket, "data")) as [Buffer])[0])).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  }
  const whole = await visit(`/files/${key}/1500x1500`, { as: ada });
  expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, Number(whole.headers.get("content-length"))]);
  process.off("uncaughtException", hear);
  expect(unheard).toEqual([]);
});

test("after two days, what nothing shows is swept away, and what something shows stays", async () => {
  const ada = await make.member();
  const store = async (purpose: "post" | "avatar") => (await storeImage(ada, { name: "x.jpg", bytes: await jpeg(100, 80) }, purpose)).id;
  const [shown, forgotten, fresh, face, oldFace] = [await store("post"), await store("post"), await store("post"), await store("avatar"), await store("avatar")];
  const post = await make.post({ authorId: ada.id });
  await db.insert(postFiles).values({ postId: post.id, fileId: shown });
  await db.update(members).set({ avatarFileId: face }).where(eq(members.id, ada.id));
  const longAgo = new Date(Date.now() - 49 * 3600_000);
  for (const id of [shown, forgotten, face, oldFace]) await db.update(files).set({ createdAt: longAgo }).where(eq(files.id, id));

  const before = (await keptFiles()).length;
  await sweepFiles.run({});
  await sweepFiles.run({});
  expect((await db.select({ id: files.id }).from(files)).map(({ id }) => id).sort()).toEqual([shown, fresh, face].sort());
  expect((await keptFiles()).length).toBe(before - 3);
});

test.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\x\\photo.jpg", "photo.jpg"],
  ["a\u0000b\r\n.jpg", "ab.jpg"],
  ["\u202Egpj.exe", "gpj.exe"],
  ["...", "file"],
  ["x".repeat(300), "x".repeat(100)],
])("the name %j becomes %j", (name, harmless) => {
  expect(harmlessName(name)).toBe(harmless);
});

/** A disk of its own that holds next to nothing, where the account that tests may make one. */
function smallDisk(): string | null {
  const place = mkdtempSync(path.join(tmpdir(), "wellspring-full-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", place], { stdio: "ignore" });
    return place;
  } catch {
    return null;
  }
}
const disk = smallDisk();
afterAll(() => disk && execFileSync("umount", [disk]));

test.skipIf(!disk)("when the disk is full, an upload says so, leaves nothing behind, and succeeds once there is room", async () => {
  config.dataDir = disk!;
  try {
    const ada = await make.member();
    // Snow cannot be packed small.
    const snow = await sharp(randomBytes(600 * 400 * 3), { raw: { width: 600, height: 400, channels: 3 } }).jpeg().toBuffer();
    const refused = await send(ada, snow);
    expect(refused.status).toBe(507);
    expect(((await refused.json()) as { message: string }).message).toMatch(/[a-z].*\.$/);
    expect(await db.$count(files)).toBe(0);
    expect((await readdir(disk!, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())).toEqual([]);
    execFileSync("mount", ["-o", "remount,size=8m", disk!]);
    expect((await send(ada, snow)).status).toBe(201);
  } finally {
    config.dataDir = folder;
  }
});
