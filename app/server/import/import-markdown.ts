import { and, asc, eq, isNull } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { readMember } from "#app/core/session.ts";
import { ensureWiki } from "#app/wikis/files/ensure-wiki.ts";
import { importPages, type ImportReport } from "#app/wikis/files/import-pages.ts";
import { readFolder } from "#app/wikis/files/read-folder.ts";
import { db } from "#db/client.ts";
import { memberRoles } from "#db/schema/community.ts";

/**
 * Brings a folder of Markdown, or a zip of one, into a wiki, which is made where there is none. What names nobody here
 * stands in the name of the site's first owner.
 *
 * @throws FolderError for a folder or archive that is not taken
 */
export async function importMarkdown({ folder, wiki, division }: { folder: string; wiki: string; division?: string }): Promise<ImportReport> {
  const files = await readFolder(folder);
  const [owner] = await db.select({ id: memberRoles.memberId }).from(memberRoles).where(and(eq(memberRoles.role, "owner"), isNull(memberRoles.divisionId))).orderBy(asc(memberRoles.id)).limit(1);
  const importer = owner && (await readMember(owner.id));
  if (!importer) throw new Error("Nobody owns this community yet: finish its setup first.");
  const name = wiki.replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase());
  const place = await ensureWiki({ slug: wiki, name, division });
  return importPages(place, files, {
    importer,
    // As a minor edit: nobody is told of four hundred pages.
    onPage: (tx, page) => record(tx, { type: "page.published", pageId: page.id, wikiId: page.wikiId, categoryId: page.categoryId, actorId: importer.id, revision: page.revision, isMinor: true }),
  });
}

export function markdownReportLines({ created, unchanged, kept, dropped }: ImportReport): string[] {
  return [
    `${created.length} pages made, ${unchanged.length} there already.`,
    ...kept.map((title) => `Left as it is, because it says something else here: ${title}`),
    ...dropped.map(({ name, why }) => `Not taken: ${name}: ${why}`),
  ];
}
