export const profileTabs = ["topics", "posts", "articles", "edits", "solutions", "media", "badges"] as const;
export type ProfileTab = (typeof profileTabs)[number];

/** What a member shows of themselves: a face, and a wide picture above their profile. Also the end of the address that takes it. */
export const pictures = ["picture", "cover"] as const;
export type Picture = (typeof pictures)[number];

export function profilePath(username: string, tab?: ProfileTab): string {
  return tab && tab !== "topics" ? `/u/${username}/${tab}` : `/u/${username}`;
}
