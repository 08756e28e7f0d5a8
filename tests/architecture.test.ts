import { readFileSync } from "node:fs";
import { globSync } from "glob";
import path from "node:path";
import { expect, test } from "vitest";

/** Lower tiers know nothing of higher ones; folders in one tier know nothing of each other. */
const tiers = [
  ["db", "app/ui"],
  ["search"],
  ["app/core"],
  ["app/accounts", "app/community", "app/profiles"],
  ["app/forums", "app/blogs", "app/wikis", "app/bookmarks", "app/calendar", "app/media"],
  ["app/discovery", "app/notifications", "app/moderation", "app/insights", "app/campaigns", "app/metrics", "app/service", "app/outside"],
  ["app/server", "app/api", "routes"],
];

/** Route modules and the files directly in app/ put areas together, so they stand at the top. */
function folderOf(file: string): string {
  if (/^app\/[^/]+\/routes\//.test(file) || /^app\/[^/]+$/.test(file)) return "routes";
  return file.startsWith("app/") ? file.split("/").slice(0, 2).join("/") : file.split("/")[0]!;
}

const tierOf = (folder: string) => tiers.findIndex((tier) => tier.includes(folder));
const files = globSync("{app,db,search}/**/*.{ts,tsx}", { ignore: ["db/migrations/**", "db/drizzle.config.ts"] });

/** Value imports only: a type import leaves nothing behind at run time. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(/^(?:import|export) (?!type )[^;]*?from "([#.][^"]+)";/gms)].map(([, target]) =>
    target!.startsWith("#") ? target!.slice(1) : path.posix.join(path.posix.dirname(file), target!),
  );
}

test("every folder stands in a tier", () => {
  expect([...new Set(files.map(folderOf))].filter((folder) => tierOf(folder) < 0)).toEqual([]);
});

test("imports point one way, down", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => folderOf(target) !== folderOf(file) && tierOf(folderOf(target)) >= tierOf(folderOf(file)))
      .map((target) => `${file} -> ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("what browsers load imports only what browsers may have", () => {
  const isForBrowsers = (file: string) => /^app\/(ui|[^/]+\/components)\//.test(file);
  const wrong = files.filter(isForBrowsers).flatMap((file) =>
    importsOf(file)
      .filter((target) => !isForBrowsers(target) && !/\/(inputs|paths)\.ts$|\/messages\/(more\/)?en\.json$|realtime-messages\.ts$/.test(target))
      .map((target) => `${file} -> ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("no effect depends on what a fetcher holds: see app/ui/use-fetched.ts", () => {
  const wrong = files.filter((file) => {
    const source = readFileSync(file, "utf8");
    return /\buseFetcher\b/.test(source) && /^\s*\}, \[[^\]]*\b(data|state)\b[^\]]*\]\);/m.test(source);
  });
  expect(wrong).toEqual([]);
});

test("no answer is a stream whose end could end the process: see app/core/streamed.ts", () => {
  expect(files.filter((file) => file !== "app/core/streamed.ts" && readFileSync(file, "utf8").includes("createReadableStreamFromReadable"))).toEqual([]);
});

test("every page with a form keeps what was typed when its sender was signed out meanwhile", () => {
  // Pages for those who are not signed in, and links out of mails: nothing is written on them that could be lost.
  const forGuests = /\/(sign-(in|up|out)|setup|ask-reset|reset-password|confirm-email|check-mail|stop-(mail|brief))\.tsx$/;
  const wrong = globSync("app/*/routes/**/*.tsx").filter((file) => {
    const source = readFileSync(file, "utf8");
    return !forGuests.test(file) && /^export const action\b/m.test(source) && /^export default /m.test(source) && !/^export (const shouldRevalidate\b|\{[^}]*shouldRevalidate)/m.test(source);
  });
  expect(wrong).toEqual([]);
});
