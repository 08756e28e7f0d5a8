import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (file: string) => readFileSync(file, "utf8");
const settings = [...read("app/core/config.ts").matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name!);

test("every setting is in the README, and the README names no other", () => {
  const table = read("README.md").split("## Settings")[1]!.split("\n## ")[0]!;
  const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => name!));
  expect(named.toSorted()).toEqual(settings.toSorted());
});

test("compose.yaml and the Dockerfile name settings that exist", () => {
  const compose = read("compose.yaml");
  const app = compose.split("  app:")[1]!.split("\n\n")[0]!;
  const given = [...app.split("environment:")[1]!.split("volumes:")[0]!.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name!);
  const inImage = [.../^ENV (.*)$/m.exec(read("Dockerfile"))![1]!.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name!);
  expect([...given, ...inImage].filter((name) => name !== "NODE_ENV" && !settings.includes(name))).toEqual([]);
  expect(given).toContain("DATABASE_URL");
  expect(compose).not.toContain("\t");
});

test("the image runs as nobody special, says whether it is well, and holds no secret", () => {
  const dockerfile = read("Dockerfile");
  const last = dockerfile.split(/^FROM /m).at(-1)!;
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^HEALTHCHECK /m);
  expect(dockerfile).not.toMatch(/(PASSWORD|SECRET|KEY)\s*=/);
  expect(/^CMD (.*)$/m.exec(last)![1]).toBe(JSON.stringify(["node", "--import", "tsx", "app/server/index.ts"]).replaceAll(",", ", "));
});

test("every dependency has its line in the README", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const table = read("README.md").split("## Built on")[1]!.toLowerCase();
  const family: Record<string, string> = { "@lucia-auth": "lucia", "@node-rs": "argon2", "@remix-run": "remix", "@sindresorhus": "slugify", "@socket.io": "socket.io", "@tailwindcss": "tailwind", tailwindcss: "tailwind", "@tiptap": "tiptap", "drizzle-orm": "drizzle", postgres: "postgres.js", "react-dom": "react", "radix-ui": "radix", "socket.io-client": "socket.io" };
  const missing = Object.keys(dependencies).filter((name) => !table.includes(family[name.split("/")[0]!] ?? name));
  expect(missing).toEqual([]);
});

// Below these, weaknesses are known. An older line that has its own repair is named with its number.
const floors: Record<string, string> = {
  "ws@7": "7.5.10", "vite@5": "5.4.21",
  "@remix-run/server-runtime": "2.17.5", express: "4.22.0", "path-to-regexp": "0.1.12", qs: "6.14.2", "body-parser": "1.20.3", "socket.io": "4.8.4", "socket.io-parser": "4.2.6", "engine.io": "6.6.2", ws: "8.17.1",
  nodemailer: "7.0.11", undici: "6.23.0", "file-type": "21.3.1", "drizzle-orm": "0.45.2", sharp: "0.35.0", vite: "6.4.1", "sanitize-html": "2.17.0", cookie: "0.7.0", send: "0.19.0",
};

test("no installed package is older than the first version without a known weakness", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, { version?: string; dev?: boolean }> };
  const old = Object.entries(packages).flatMap(([place, { version, dev }]) => {
    const name = place.split("node_modules/").at(-1)!;
    const floor = floors[`${name}@${version?.split(".")[0]}`] ?? floors[name];
    return floor && version && !dev && isOlder(version, floor) ? [`${place} ${version} < ${floor}`] : [];
  });
  expect(old).toEqual([]);
});

test("the lockfile names no host to fetch from", () => {
  expect(read("package-lock.json")).not.toMatch(/"resolved"|https?:\/\/(?!opencollective|github|www\.|paypal|tidelift|patreon|ko-fi)[^"]*\.tgz/);
});

function isOlder(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((one) => one.split(/[.-]/).map(Number));
  for (let i = 0; i < 3; i++) if (a![i] !== b![i]) return a![i]! < b![i]!;
  return false;
}
