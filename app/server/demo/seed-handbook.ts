import path from "node:path";
import { readMember } from "#app/core/session.ts";
import { ensureWiki } from "#app/wikis/files/ensure-wiki.ts";
import { importPages } from "#app/wikis/files/import-pages.ts";
import { readFolder } from "#app/wikis/files/read-folder.ts";
import type { Members } from "./seed-people.ts";

const HANDBOOK = path.resolve("db/seed/handbook");

/** The community's handbook with all that was changed in it, by the reader that reads everybody's files. */
export async function seedHandbook(members: Members, now: Date): Promise<void> {
  const wiki = await ensureWiki({ slug: "handbook", name: "Handbook", description: "What the community knows, written down once. If a page is wrong, press Edit.", division: "commons" });
  const importer = await readMember(members.get("ada")!.id);
  const { dropped } = await importPages(wiki, await readFolder(HANDBOOK), { importer: importer!, now });
  if (dropped.length > 0) throw new Error(`The handbook does not fit: ${dropped.map(({ name, why }) => `${name}: ${why}`).join("; ")}`);
}
