import type { Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { levelIn, type AccessedPage } from "./pages.ts";
import { crumbsOf, listTree, openAround } from "./tree.ts";

/** What stands around a page: the part of the tree that is open where it is, what is above it, and what is below. */
export async function readFrame(viewer: Viewer, page: AccessedPage) {
  const [tree, wikiLevel] = await Promise.all([listTree(db, viewer, page.wikiId), page.categoryId === page.wiki.categoryId ? page.level : levelIn(db, viewer, page.wiki.categoryId)]);
  const children = tree.filter(({ parentId }) => parentId === page.id);
  return {
    wiki: { slug: page.wiki.slug, name: page.wiki.name, isVisible: wikiLevel !== null },
    tree: openAround(tree, page.id),
    crumbs: crumbsOf(tree, page.parentId).map(({ id, slug, title }) => ({ id, slug, title })),
    children: children.map(({ id, slug, title, isPublished }) => ({ id, slug, title, isPublished })),
  };
}
