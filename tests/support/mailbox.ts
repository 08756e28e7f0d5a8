import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach } from "vitest";
import { config } from "#app/core/config.ts";
import { finishWork } from "./work.ts";

// Each test file has a data folder of its own, so that what it finds in the mail folder is its own mail.
const folder = mkdtempSync(path.join(tmpdir(), "wellspring-mail-"));
config.dataDir = folder;
beforeEach(() => rmSync(path.join(folder, "mail"), { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lets the worker finish, and answers every mail that was sent in this test, oldest first, as the text of its file. */
export async function sentMail(): Promise<string[]> {
  await finishWork();
  const mail = path.join(folder, "mail");
  try {
    return readdirSync(mail).sort().map((file) => readFileSync(path.join(mail, file), "utf8"));
  } catch {
    return [];
  }
}

/** The path of the one-time link in a mail. */
export function linkIn(mail: string | undefined): string {
  const link = /https?:\/\/\S+\/[A-Za-z0-9_-]{32,}/.exec(mail ?? "")?.[0];
  if (!link) throw new Error(`No link in this mail:\n${mail}`);
  return new URL(link).pathname;
}
