export const profileTabs = ["topics", "posts", "articles", "edits", "solutions", "media", "badges"] as const;
export type ProfileTab = (typeof profileTabs)[number];

export function profilePath(username: string, tab?: ProfileTab): string {
  return tab && tab !== "topics" ? `/u/${username}/${tab}` : `/u/${username}`;
}
