import { asc, isNull } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { productAreas } from "#db/schema/insights.ts";
import { glossaryOf, type Glossary } from "./glossary.ts";
import { readLearnedPhrases } from "./learning/learned-layer.ts";

/** The glossary as it stands, with what corrections taught, for jobs. */
export async function readGlossary(on: Executor): Promise<Glossary> {
  return glossaryOf(await listAreas(on), await readLearnedPhrases(on));
}

/** Areas in use, in the order that admins gave them. */
export function listAreas(on: Executor) {
  return on.select().from(productAreas).where(isNull(productAreas.archivedAt)).orderBy(asc(productAreas.position), asc(productAreas.id)).limit(1000);
}
