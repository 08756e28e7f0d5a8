import { and, eq, inArray, sql } from "drizzle-orm";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { pageFollows } from "#db/schema/wikis.ts";
import { accessPage, type AccessedPage } from "./pages.ts";
import { lineOf } from "./tree-lines.ts";

export type FollowedAs = "none" | "page" | "subtree";

/** Says whether a member wants to hear of edits of a page, or of all below it too. */
export async function followPage(member: Member, pageId: number, level: FollowedAs): Promise<AccessedPage> {
  return db.transaction(async (tx) => {
    const page = await accessPage(tx, member, pageId);
    const mine = { memberId: member.id, pageId };
    if (level === "none") await tx.delete(pageFollows).where(and(eq(pageFollows.memberId, member.id), eq(pageFollows.pageId, pageId)));
    else await tx.insert(pageFollows).values({ ...mine, withSubtree: level === "subtree" }).onConflictDoUpdate({ target: [pageFollows.memberId, pageFollows.pageId], set: { withSubtree: level === "subtree" } });
    return page;
  });
}

/** How a viewer follows a page; null for guests. `isAbove` when they hear of it because of a page above. */
export async function readFollow(on: Executor, viewer: Viewer, pageId: number): Promise<{ level: FollowedAs; isAbove: boolean } | null> {
  if (viewer.kind === "guest") return null;
  const line = await lineOf(on, pageId);
  const rows = await on.select().from(pageFollows).where(and(eq(pageFollows.memberId, viewer.id), inArray(pageFollows.pageId, line)));
  const own = rows.find((row) => row.pageId === pageId);
  return { level: own ? (own.withSubtree ? "subtree" : "page") : "none", isAbove: rows.some((row) => row.pageId !== pageId && row.withSubtree) };
}

/** Who follows a page, itself or by one above it, for whoever tells them of an edit. They may see it or not: ask before telling. */
export async function listFollowers(on: Executor, pageId: number): Promise<number[]> {
  const line = await lineOf(on, pageId);
  const rows = await on
    .selectDistinct({ memberId: pageFollows.memberId })
    .from(pageFollows)
    .where(and(inArray(pageFollows.pageId, line), sql`(${pageFollows.pageId} = ${pageId} or ${pageFollows.withSubtree})`));
  return rows.map(({ memberId }) => memberId);
}
