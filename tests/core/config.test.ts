import { expect, test } from "vitest";
import { ConfigError, readConfig } from "#app/core/config.ts";

test.each([
  ["PORT", "70000"], ["PORT", "0"], ["BASE_URL", "community.example"], ["BASE_URL", "ftp://community.example"], ["BASE_URL", "https://example.com/community"], ["BASE_URL", "https://example.com/?x"], ["DATABASE_URL", "mysql://localhost/x"],
  ["SECRET", "short"], ["DEMO", "perhaps"], ["RUN", "everything"], ["SMTP_URL", "localhost"], ["REDIS_URL", "http://localhost"], ["MEILI_URL", "meili"],
  ["LOG_LEVEL", "loud"], ["TRUST_PROXY", "-1"],
])("a wrong %s (%s) is refused by a sentence that names it", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`The setting ${name} is wrong: .+\\.`));
});

test("an empty setting is none, and without settings all have their defaults", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: "" })).toMatchObject({ port: 3000, baseUrl: "http://localhost:3000", demo: true, parts: ["web", "worker"] });
});

test("demo content goes into the embedded database only, unless told otherwise", () => {
  const url = "postgres://localhost/x";
  expect([readConfig({}).demo, readConfig({ DATABASE_URL: url }).demo, readConfig({ DATABASE_URL: url, DEMO: "1" }).demo, readConfig({ DEMO: "0" }).demo]).toEqual([true, false, true, false]);
});
