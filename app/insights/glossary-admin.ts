import { eq, sql } from "drizzle-orm";
import { InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { productAreas, type ProductArea } from "#db/schema/insights.ts";
import { canConfigure, requireInsights } from "./access.ts";
import { listAreas } from "./areas.ts";
import { areaOf, glossaryOf } from "./glossary.ts";
import type { AreaInput } from "./inputs.ts";
import { readLearnedPhrases } from "./learning/learned-layer.ts";
import { mineEverything } from "./mine-everything.ts";
import { readQuotes } from "./quotes.ts";

/** So many of the latest statements are tried when a change of the glossary is looked at before it is made. */
const TRIED = 3000;

/** Adds an area, or changes one; all statements then find their area anew, but for those that a person placed. */
export async function saveArea(actor: Member, areaId: number | null, input: AreaInput): Promise<void> {
  await db.transaction(async (tx) => {
    requireInsights(actor);
    enforce(canConfigure(actor));
    await checkArea(areaId, input);
    if (areaId === null) await tx.insert(productAreas).values({ ...input, position: sql`(select coalesce(max(position), 0) + 1 from product_areas)` });
    else await tx.update(productAreas).set(input).where(eq(productAreas.id, areaId));
    await mineEverything(tx, "glossary", actor.id);
  });
}

/** Its statements keep their history and find another area, or none. Areas under it move up. */
export async function archiveArea(actor: Member, areaId: number): Promise<void> {
  await db.transaction(async (tx) => {
    requireInsights(actor);
    enforce(canConfigure(actor));
    const [area] = await tx.update(productAreas).set({ archivedAt: sql`now()` }).where(eq(productAreas.id, areaId)).returning();
    if (!area) throw new NotFoundError("area");
    await tx.update(productAreas).set({ parentId: area.parentId }).where(eq(productAreas.parentId, areaId));
    await mineEverything(tx, "glossary", actor.id);
  });
}

/** What a change would do, before it is done: how many of the latest statements would move, from where to where. */
export async function previewArea(viewer: Viewer, areaId: number | null, input: AreaInput) {
  await checkArea(areaId, input);
  const areas = await listAreas(db);
  const draft: ProductArea = { ...(areas.find(({ id }) => id === areaId) ?? ({ id: areaId ?? Number.MAX_SAFE_INTEGER } as ProductArea)), ...input };
  const learned = await readLearnedPhrases(db);
  const [before, after] = [glossaryOf(areas, learned), glossaryOf([...areas.filter(({ id }) => id !== areaId), draft], learned)];
  const names = new Map([...areas, draft].map(({ id, name }) => [id, name]));
  const rows = await db.execute<{ id: string; title: string; text: string; part: string; start: number; end: number; divisionId: string }>(sql`
    select s.id, s.part, s.start, s."end", t.title, p.body_text as text, c.division_id as "divisionId" from statements s join posts p on p.id = s.post_id join topics t on t.id = s.topic_id join categories c on c.id = s.category_id
    where s.excluded is null and not 'area' = any(s.corrected) order by s.created_at desc, s.id desc limit ${TRIED}`);
  const moves = new Map<string, { from: string | null; to: string | null; count: number; ids: number[] }>();
  for (const { id, part, start, end, title, text, divisionId } of rows) {
    const statement = { text: (part === "title" ? title : text).slice(start, end), title, divisionId: Number(divisionId) };
    const [from, to] = [areaOf(before, statement), areaOf(after, statement)];
    if (from === to) continue;
    const move = moves.get(`${from}:${to}`) ?? { from: from === null ? null : names.get(from)!, to: to === null ? null : names.get(to)!, count: 0, ids: [] };
    move.count++;
    if (move.ids.length < 3) move.ids.push(Number(id));
    moves.set(`${from}:${to}`, move);
  }
  const list = [...moves.values()].sort((a, b) => b.count - a.count);
  const examples = await readQuotes(db, viewer, { where: sql`s.id = any(${sql.param(list.flatMap(({ ids }) => ids))}::bigint[])`, limit: 60 });
  return { tried: rows.length, moves: list.map(({ ids, ...move }) => ({ ...move, examples: examples.filter(({ id, words }) => words && ids.includes(id)).map(({ words }) => words!) })) };
}

async function checkArea(areaId: number | null, { name, parentId }: AreaInput): Promise<void> {
  const areas = await listAreas(db);
  if (areaId !== null && !areas.some(({ id }) => id === areaId)) throw new NotFoundError("area");
  if (areas.some((area) => area.id !== areaId && area.name.toLowerCase() === name.toLowerCase())) throw new InvalidInputError("name", "insights.areaTaken");
  for (let at = parentId, steps = 0; at !== null; steps++) {
    const parent = areas.find(({ id }) => id === at);
    if (!parent || at === areaId || steps > 20) throw new InvalidInputError("parentId", "insights.badParent");
    at = parent.parentId;
  }
}
