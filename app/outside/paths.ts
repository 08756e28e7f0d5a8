export const feedFormats = ["rss", "atom", "json"] as const;
export type FeedFormat = (typeof feedFormats)[number];

/**
 * The lists that have feeds, as their addresses are without the ending. A tag and a member may be called `package.json`,
 * so theirs have a name of their own.
 */
export const feedPlaces = [
  "latest", "blogs", "d/:division", "c/:slug/:categoryId", "t/:slug/:topicId", "tag/:name/topics", "u/:username/topics",
  "b/:blog", "b/:blog/by/:username/articles", "b/:blog/tag/:tag/articles", "b/:blog/series/:series", "w/:wiki",
];

/** A member's own address of a list, in one of the forms. It ends in the form and not in a file's name, so that the secret is a part of the path by itself, which logs leave out. */
export function privateFeedPath(token: string, format: FeedFormat): string {
  return `/feeds/${token}/${format}`;
}

/** The picture of a page that has none of its own; without a version it leads to the present one. */
export function cardPath(kind: "topic" | "article" | "page" | "member", id: number, version?: string): string {
  return `/cards/${kind}/${id}${version ? `/${version}.png` : ""}`;
}
