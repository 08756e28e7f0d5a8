import { eq } from "drizzle-orm";
import { accessArticle, isShown } from "#app/blogs/articles.ts";
import { readSite } from "#app/community/site.ts";
import { NotFoundError } from "#app/core/errors.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { accessTopic } from "#app/forums/topics.ts";
import { accessProfile, placeOnCard } from "#app/profiles/profiles.ts";
import { DEFAULT_ACCENT } from "#app/ui/accent.ts";
import { accessPage } from "#app/wikis/pages.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { categories, divisions } from "#db/schema/community.ts";
import type { CardWords } from "./draw-card.ts";

export const cardKinds = ["topic", "article", "page", "member"] as const;
export type CardKind = (typeof cardKinds)[number];

type Subject = Omit<CardWords, "site">;

/** What stands on the card of something, by the rights of its page. @throws NotFoundError when it is not shown to this viewer */
export async function readCardWords(viewer: Viewer, kind: CardKind, id: number): Promise<CardWords> {
  const [subject, { name: site }] = await Promise.all([subjects[kind](viewer, id), readSite(db)]);
  return { ...subject, site };
}

const subjects: Record<CardKind, (viewer: Viewer, id: number) => Promise<Subject>> = {
  async topic(viewer, id) {
    const topic = await accessTopic(db, viewer, id);
    if (topic.removedAt) throw new NotFoundError("topic");
    const [place] = await db.select({ name: categories.name, accent: divisions.accent }).from(categories).innerJoin(divisions, eq(divisions.id, categories.divisionId)).where(eq(categories.id, topic.categoryId));
    return { title: topic.title, place: place!.name, accent: place!.accent };
  },
  async article(viewer, id) {
    const article = await accessArticle(db, viewer, id);
    // A draft has no card, not even for its author: whoever has the address of one could show it.
    if (!isShown(article)) throw new NotFoundError("article");
    return { title: article.title, place: article.blog.name, accent: article.blog.division.accent };
  },
  async page(viewer, id) {
    const page = await accessPage(db, viewer, id);
    if (page.publishedRevision === 0 || page.removedAt) throw new NotFoundError("page");
    const [division] = await db.select({ accent: divisions.accent }).from(divisions).where(eq(divisions.id, page.divisionId));
    return { title: page.title, place: page.wiki.name, accent: division!.accent };
  },
  async member(viewer, id) {
    const [member] = await db.select({ username: members.username }).from(members).where(eq(members.id, id));
    if (!member) throw new NotFoundError("member");
    const profile = await accessProfile(db, viewer, member.username);
    return { title: profile.name, place: placeOnCard(profile), accent: DEFAULT_ACCENT };
  },
};
