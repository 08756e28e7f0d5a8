import { and, desc, inArray, isNotNull, isNull, or, sql, eq } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { ASKING, seeingOf, visibleCategoryIds } from "#app/core/visibility.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { categories } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";

/** Names the banners that this browser wants to see no more. Named so that no guest's page is kept for it. */
const COOKIE = "wellspring-banners";
const MAX_SHOWN = 10;
const MAX_REMEMBERED = 30;
const KEPT_SECONDS = 365 * 86_400;

export type Banner = Awaited<ReturnType<typeof shownBanners>>[number];

/** The topics shown above pages, with where each is: for the frame, which knows what page it is around. The newest first. */
export async function listBanners(on: Executor, viewer: Viewer, dismissed: number[]): Promise<Banner[]> {
  // Asked for every page, and mostly there are none.
  if ((await anyBanner(on, {})).length === 0) return [];
  return shownBanners(on, { ...seeingOf(viewer), dismissed });
}

const isBanner = and(isNotNull(topics.pinScope), isNotNull(topics.bannerAt), isNull(topics.removedAt));

const anyBanner = prepared(() => db.select({ id: topics.id }).from(topics).where(isBanner).limit(1));

const shownBanners = prepared(() =>
  db
    .select({ id: topics.id, slug: topics.slug, title: topics.title, excerpt: topics.excerpt, scope: sql<"category" | "division" | "site">`${topics.pinScope}`, categoryId: topics.categoryId, divisionId: categories.divisionId })
    .from(topics)
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    .where(
      and(
        isBanner, isNull(topics.unlistedAt),
        or(isNull(topics.pinnedUntil), sql`${topics.pinnedUntil} > now()`),
        inArray(topics.categoryId, visibleCategoryIds(ASKING)),
        sql`${topics.id} <> all(${sql.placeholder("dismissed")}::bigint[])`,
      ),
    )
    .orderBy(desc(topics.bannerAt))
    .limit(MAX_SHOWN),
);

/** The banners this browser has put away. */
export function dismissedIn(cookies: string | null): number[] {
  const list = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\d.]{0,600})`).exec(cookies ?? "")?.[1] ?? "";
  return list.split(".").filter((id) => /^[1-9]\d{0,14}$/.test(id)).map(Number).slice(-MAX_REMEMBERED);
}

/** A cookie that puts away one more. */
export function dismissedCookie(cookies: string | null, topicId: number): string {
  const ids = [...dismissedIn(cookies).filter((id) => id !== topicId), topicId].slice(-MAX_REMEMBERED);
  return `${COOKIE}=${ids.join(".")}; Path=/; Max-Age=${KEPT_SECONDS}; SameSite=Lax; HttpOnly`;
}
