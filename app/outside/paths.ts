export const feedFormats = ["rss", "atom", "json"] as const;
export type FeedFormat = (typeof feedFormats)[number];

/**
 * The lists that have feeds, as their addresses are without the ending. A tag and a member may be called `package.json`,
 * so theirs have a name of their own.
 */
export const feedPlaces = [
  "latest", "d/:division", "c/:slug/:categoryId", "t/:slug/:topicId", "tag/:name/topics", "u/:username/topics",
  "b/:blog", "b/:blog/author/:username", "b/:blog/tag/:tag", "b/:blog/series/:series", "w/:wiki",
];

export function blogPath(blog: string): string {
  return `/b/${blog}`;
}

export function articlePath({ blog, slug, id }: { blog: string; slug: string; id: number }): string {
  return `/b/${blog}/${slug}-${id}`;
}

export function wikiPath(wiki: string): string {
  return `/w/${wiki}`;
}

export function pagePath({ wiki, slug, id }: { wiki: string; slug: string; id: number }): string {
  return `/w/${wiki}/${slug}-${id}`;
}
