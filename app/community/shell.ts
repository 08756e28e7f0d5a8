import { eq, inArray, sql } from "drizzle-orm";
import { isAdmin, isStaff, type Viewer } from "#app/core/viewer.ts";
import { ASKING, seeingOf, visibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { blogs } from "#db/schema/blogs.ts";
import { categories, type CategoryHolds, type MenuEntry } from "#db/schema/community.ts";
import { wikis } from "#db/schema/wikis.ts";
import { defaultSite, siteFrom } from "./site.ts";

/** A division as the frame shows it. */
export type ShellDivision = { id: number; slug: string; name: string; tagline: string; accent: string; menu: MenuEntry[]; isJoined: boolean };
/** A category as the frame shows it. */
export type ShellCategory = { id: number; divisionId: number; parentId: number | null; slug: string; name: string; colour: string | null; icon: string };
/** A blog or a wiki as the frame shows it. */
export type ShellKnowledge = { divisionId: number; kind: "blog" | "wiki"; slug: string; name: string };

/** What the frame around every page needs: who looks, and the places they may go. Read for each page, so it is cheap. */
export async function readShell(viewer: Viewer) {
  const [row] = await frame(db, seeingOf(viewer));
  const { site, seen, all } = row!;
  const filled = new Set(seen.map(({ divisionId }) => divisionId));
  // Admins see empty divisions too, because they fill them.
  const divisions = all.filter(({ id }) => isAdmin(viewer) || filled.has(id));
  return { viewer: shownViewer(viewer), site: siteFrom(site), divisions, categories: seen.filter(({ holds }) => holds === "topics"), knowledge: knowledgeIn(seen), canAdminister: isAdmin(viewer), isStaff: isStaff(viewer) };
}

/**
 * The community's words, the categories a viewer sees, and the divisions, of which those that hold one are shown: a
 * division in which they see nothing does not exist for them. Each as one value, because three questions cost three ways.
 */
const frame = prepared(() => {
  const seen = db
    .select({ id: categories.id, divisionId: categories.divisionId, parentId: categories.parentId, slug: categories.slug, name: categories.name, colour: categories.colour, icon: categories.icon, position: categories.position, holds: categories.holds, address: sql<string | null>`coalesce(${blogs.slug}, ${wikis.slug})`.as("address") })
    .from(categories)
    .leftJoin(blogs, eq(blogs.categoryId, categories.id))
    .leftJoin(wikis, eq(wikis.categoryId, categories.id))
    .where(inArray(categories.id, visibleCategoryIds(ASKING)))
    .as("seen");
  return db
    .select({
      site: sql<Record<string, unknown>>`(select coalesce(json_object_agg(key, value), '{}') from site_settings where key = any(${sql.param(Object.keys(defaultSite))}::text[]))`,
      seen: sql<Seen[]>`(select coalesce(json_agg(json_build_object('id', seen.id, 'divisionId', seen.division_id, 'parentId', seen.parent_id, 'slug', seen.slug,
        'name', seen.name, 'colour', seen.colour, 'icon', seen.icon, 'holds', seen.holds, 'address', seen.address) order by seen.position, seen.id), '[]') from ${seen})`,
      all: sql<ShellDivision[]>`(select coalesce(json_agg(json_build_object('id', d.id, 'slug', d.slug, 'name', d.name, 'tagline', d.tagline, 'accent', d.accent, 'menu', d.menu,
        'isJoined', exists (select from division_members joined where joined.division_id = d.id and joined.member_id = ${sql.placeholder("seerId")}::bigint)) order by d.position, d.id), '[]') from divisions d)`,
    })
    .from(sql`(select) as one`);
});

type Seen = ShellCategory & { holds: CategoryHolds; address: string | null };

/** A part of a wiki with rights of its own is a category too, and no wiki. */
function knowledgeIn(seen: Seen[]): ShellKnowledge[] {
  return seen.flatMap(({ holds, address, divisionId, name }) => (holds !== "topics" && address ? [{ divisionId, kind: holds, slug: address, name }] : []));
}

/** What the browser may know of its own viewer: not the hash of the session. */
function shownViewer(viewer: Viewer) {
  if (viewer.kind === "guest") return { ...viewer, colourScheme: "system" as const };
  const { sessionId: _, ...shown } = viewer;
  return shown;
}

/** With how many notifications are unread, which the root route adds: they belong to an area above this one. */
export type ShellData = Awaited<ReturnType<typeof readShell>> & { unreadCount: number };
