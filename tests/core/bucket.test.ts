import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConfigError, readConfig } from "#app/core/config.ts";
import { StorageFullError } from "#app/core/errors.ts";
import { bucketStore } from "#app/core/files/bucket-store.ts";
import { bucketStandIn } from "#tests/support/bucket-stand-in.ts";

let standIn: Awaited<ReturnType<typeof bucketStandIn>>;
beforeAll(async () => void (standIn = await bucketStandIn()));
afterAll(() => standIn.close());

const key = () => randomBytes(16).toString("base64url");
const picture = { "original.jpg": randomBytes(50_000), "w480.webp": randomBytes(5_000) };
const keptOf = (one: string) => [...standIn.objects.keys()].filter((name) => name.includes(one)).sort();

test("what is put into a bucket comes out again byte for byte, and is gone when removed", async () => {
  const store = bucketStore(standIn.bucket);
  const [one, other] = [key(), key()];
  await store.put(one, picture);
  await store.put(other, picture);
  expect(keptOf(one)).toEqual([`files/${one}/original.jpg`, `files/${one}/w480.webp`]);

  const found = (await store.open(one, "original.jpg"))!;
  expect(found.bytes).toBe(50_000);
  expect((await buffer(found.stream)).equals(picture["original.jpg"])).toBe(true);
  expect(await store.open(one, "w960.webp")).toBeUndefined();

  await store.remove(one);
  await store.remove(one);
  expect([keptOf(one), keptOf(other).length]).toEqual([[], 2]);
});

test("a full bucket says that there is no room, and keeps no half of a picture", async () => {
  const store = bucketStore(standIn.bucket);
  const one = key();
  // As often as it is tried.
  await store.put(one, { "original.jpg": picture["original.jpg"] });
  standIn.fail("PUT", 507, "XMinioStorageFull", 3);
  await expect(store.put(one, picture)).rejects.toThrow(StorageFullError);
  expect(keptOf(one)).toEqual([]);
});

test("a bucket that stumbles once is asked again", async () => {
  const store = bucketStore(standIn.bucket);
  const one = key();
  standIn.fail("PUT", 503, "SlowDown");
  await store.put(one, picture);
  expect(keptOf(one)).toHaveLength(2);
});

test("with a wrong secret nothing is stored, and the refusal names no key", async () => {
  const store = bucketStore({ ...standIn.bucket, secretKey: "wrong-secret" });
  const one = key();
  const refused = await store.put(one, picture).catch((error: Error) => error.message);
  expect(refused).toBe("The file bucket refused to put: 403 SignatureDoesNotMatch");
  expect(keptOf(one)).toEqual([]);
});

test("half of a bucket's settings stops the start with the name of what is missing", () => {
  const whole = { S3_ENDPOINT: "https://s3.example/", S3_BUCKET: "pictures", S3_KEY_ID: "id", S3_SECRET_KEY: "secret" };
  expect(readConfig(whole).bucket).toEqual({ endpoint: "https://s3.example", name: "pictures", region: "us-east-1", keyId: "id", secretKey: "secret" });
  expect(readConfig({}).bucket).toBeUndefined();
  for (const name of Object.keys(whole)) {
    expect(() => readConfig({ ...whole, [name]: undefined })).toThrow(ConfigError);
    expect(() => readConfig({ ...whole, [name]: undefined })).toThrow(`The setting ${name} is wrong`);
  }
  expect(() => readConfig({ ...whole, S3_BUCKET: "../x" })).toThrow("The setting S3_BUCKET is wrong");
});
