import { sql } from "drizzle-orm";
import { refreshAccess } from "#app/community/rights.ts";
import type { Tx } from "#db/client.ts";
import { categories, categoryRights, divisions, groups } from "#db/schema/community.ts";
import { importLinks } from "#db/schema/imports.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import type { Dump } from "./dump.ts";

export type CategoryIds = Map<TopicKind, number>;

const CATEGORIES = [
  { kind: "question", slug: "questions", name: "Questions", icon: "circle-help" },
  { kind: "discussion", slug: "discussion", name: "Discussion", icon: "message-circle" },
  { kind: "idea", slug: "ideas", name: "Ideas", icon: "lightbulb" },
] as const;

/** A division of the import's own, with a category for each kind of topic that the dump holds. Everyone sees, members create. */
export async function importPlaces(dump: Dump, kinds: TopicKind[]): Promise<CategoryIds> {
  return dump.db.transaction(async (tx) => {
    const ids: CategoryIds = new Map();
    const divisionId = await divisionOf(tx, dump);
    for (const [position, { kind, ...category }] of CATEGORIES.entries()) {
      if (!kinds.includes(kind)) continue;
      const known = await linked(tx, dump, "category", kind);
      if (known) ids.set(kind, known);
      else {
        const [row] = await tx.insert(categories).values({ ...category, divisionId, position, defaultKind: kind, inheritsRights: false }).returning();
        await remember(tx, dump, "category", kind, row!.id);
        for (const group of await tx.select().from(groups)) {
          if (group.kind !== "custom") await tx.insert(categoryRights).values({ categoryId: row!.id, groupId: group.id, level: group.kind === "everyone" ? "see" : "create" });
        }
        ids.set(kind, row!.id);
        dump.report.add("categories", 1);
      }
    }
    await refreshAccess(tx);
    return ids;
  });
}

async function divisionOf(tx: Tx, dump: Dump): Promise<number> {
  const known = await linked(tx, dump, "division", "site");
  if (known) return known;
  const name = dump.divisionSlug.split("-").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ");
  const [{ position } = { position: 0 }] = await tx.select({ position: sql<number>`coalesce(max(${divisions.position}), 0) + 1` }).from(divisions);
  const [row] = await tx
    .insert(divisions)
    .values({
      slug: dump.divisionSlug, name, position, accent: "#4a5a8a", tagline: `Imported from ${dump.host}`,
      description: `Topics and replies from https://${dump.host}, written by the members named there and licensed under CC BY-SA (https://creativecommons.org/licenses/by-sa/4.0/). Every post names its original.`,
    })
    .returning();
  await remember(tx, dump, "division", "site", row!.id);
  dump.report.add("divisions", 1);
  return row!.id;
}

async function linked(tx: Tx, dump: Dump, kind: string, externalId: string): Promise<number | undefined> {
  const [row] = await tx.execute<{ id: string }>(sql`select local_id as id from import_links where source = ${dump.source} and kind = ${kind} and external_id = ${externalId}`);
  return row && Number(row.id);
}

async function remember(tx: Tx, dump: Dump, kind: string, externalId: string, localId: number): Promise<void> {
  await tx.insert(importLinks).values({ source: dump.source, kind, externalId, localId });
}
