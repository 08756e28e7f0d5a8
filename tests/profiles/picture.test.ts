import { eq } from "drizzle-orm";
import sharp from "sharp";
import { expect, test } from "vitest";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import type { Member } from "#app/core/viewer.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#2f6f5e" } }).png().toBuffer();

function send(as: Member | undefined, bytes: Buffer, name = "me.png"): Promise<Response> {
  const body = new FormData();
  body.append("file", new Blob([new Uint8Array(bytes)]), name);
  return visit("/settings/profile/picture", { as, body });
}

const pictureOf = async ({ id }: Member) => (await db.select().from(members).where(eq(members.id, id)))[0]!.avatarFileId;

test("a picture sent by a plain form is shown to everyone, and taken away again", async () => {
  const ada = await make.member({ username: "ada" });
  const response = await send(ada, png);
  expect([response.status, response.headers.get("location")]).toEqual([302, "/settings/profile?done=picture"]);
  const fileId = await pictureOf(ada);
  expect(await (await visit("/u/ada", { as: await make.member() })).text()).toContain(`/avatars/${fileId}/240`);
  expect((await visit(`/avatars/${fileId}/96`)).headers.get("content-type")).toBe("image/webp");
  await visit("/settings/profile/remove-picture", { as: ada, form: {} });
  expect(await pictureOf(ada)).toBeNull();
});

test("a cover stands above the profile, four times as wide as high, and is no face", async () => {
  const ada = await make.member({ username: "ada" });
  const body = new FormData();
  body.append("file", new Blob([new Uint8Array(png)]), "hills.png");
  const response = await visit("/settings/profile/cover", { as: ada, body });
  expect([response.status, response.headers.get("location")]).toEqual([302, "/settings/profile?done=picture"]);
  const [row] = await db.select().from(members).where(eq(members.id, ada.id));
  expect(row!.avatarFileId).toBeNull();
  const cover = `/covers/${row!.coverFileId}`;
  expect(await (await visit("/u/ada")).text()).toContain(`${cover}/800`);
  const { width, height } = await sharp(Buffer.from(await (await visit(`${cover}/1600`)).arrayBuffer())).metadata();
  expect([width, height]).toEqual([1600, 400]);
  expect([(await visit(`/avatars/${row!.coverFileId}/96`)).status, (await visit(`${cover}/64`)).status, (await visit("/settings/profile/banner", { as: ada, body })).status]).toEqual([404, 404, 404]);
  expect((await visit("/settings/profile/remove-picture", { as: ada, form: { what: "cover" } })).status).toBe(302);
  expect(await (await visit("/u/ada")).text()).not.toContain("/covers/");
});

test("what is no picture is refused with a reason, and guests and the unconfirmed send none", async () => {
  const ada = await make.member();
  const refused = await send(ada, Buffer.from("<svg onload=alert(1)>"), "me.svg");
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("This picture was not taken");
  expect((await send(undefined, png)).headers.get("location")).toBe("/sign-in?next=/settings/profile");
  const grace = await make.member({ emailVerifiedAt: null });
  expect((await send(grace, png)).status).toBe(403);
  expect([await pictureOf(ada), await pictureOf(grace)]).toEqual([null, null]);
});
