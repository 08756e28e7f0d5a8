export const feedFormats = ["rss", "atom", "json"] as const;
export type FeedFormat = (typeof feedFormats)[number];

/**
 * The lists that have feeds, as their addresses are without the ending. A tag and a member may be called `package.json`,
 * so theirs have a name of their own.
 */
export const feedPlaces = [
  "latest", "d/:division", "c/:slug/:categoryId", "t/:slug/:topicId", "tag/:name/topics", "u/:username/topics",
  "b/:blog", "b/:blog/by/:username/articles", "b/:blog/tag/:tag/articles", "b/:blog/series/:series", "w/:wiki",
];
