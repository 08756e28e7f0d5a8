import { and, asc, eq, sql } from "drizzle-orm";
import { isAdmin, isStaff, type Viewer } from "#app/core/viewer.ts";
import { rightsOf } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { categories, divisionMembers, divisions, type MenuEntry } from "#db/schema/community.ts";
import { readSite } from "./site.ts";

/** A division as the frame shows it. */
export type ShellDivision = { id: number; slug: string; name: string; tagline: string; accent: string; menu: MenuEntry[]; isJoined: boolean };
/** A category as the frame shows it. */
export type ShellCategory = { id: number; divisionId: number; parentId: number | null; slug: string; name: string; colour: string | null; icon: string };

/** What the frame around every page needs: who looks, and the places they may go. Read for each page, so it is cheap. */
export async function readShell(viewer: Viewer) {
  const [site, places] = await Promise.all([readSite(db), readPlaces(viewer)]);
  return { viewer: shownViewer(viewer), site, ...places, canAdminister: isAdmin(viewer), isStaff: isStaff(viewer) };
}

/**
 * The categories a viewer sees, and the divisions that hold one: a division in which they see nothing does not exist for
 * them. Admins see empty ones too, because they fill them.
 */
async function readPlaces(viewer: Viewer): Promise<{ divisions: ShellDivision[]; categories: ShellCategory[] }> {
  const rights = rightsOf(viewer);
  const memberId = viewer.kind === "member" ? viewer.id : 0;
  const [seen, all] = await Promise.all([
    db
      .select({ id: categories.id, divisionId: categories.divisionId, parentId: categories.parentId, slug: categories.slug, name: categories.name, colour: categories.colour, icon: categories.icon })
      .from(categories)
      .innerJoin(rights, eq(rights.categoryId, categories.id))
      .orderBy(asc(categories.position), asc(categories.id)),
    db
      .select({
        id: divisions.id, slug: divisions.slug, name: divisions.name, tagline: divisions.tagline, accent: divisions.accent, menu: divisions.menu,
        isJoined: sql<boolean>`${divisionMembers.memberId} is not null`,
      })
      .from(divisions)
      .leftJoin(divisionMembers, and(eq(divisionMembers.divisionId, divisions.id), eq(divisionMembers.memberId, memberId)))
      .orderBy(asc(divisions.position), asc(divisions.id)),
  ]);
  const filled = new Set(seen.map(({ divisionId }) => divisionId));
  return { categories: seen, divisions: all.filter(({ id }) => isAdmin(viewer) || filled.has(id)) };
}

/** What the browser may know of its own viewer: not the hash of the session. */
function shownViewer(viewer: Viewer) {
  if (viewer.kind === "guest") return { ...viewer, colourScheme: "system" as const };
  const { sessionId: _, ...shown } = viewer;
  return shown;
}

/** With how many notifications are unread, which the root route adds: they belong to an area above this one. */
export type ShellData = Awaited<ReturnType<typeof readShell>> & { unreadCount: number };
