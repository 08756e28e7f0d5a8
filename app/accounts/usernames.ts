import reserved from "./reserved-usernames.json";

/** What the list we carry does not know: words of ours, and names that speak for the house. */
const ours = [
  "deleted", "drafts", "everyone", "guest", "here", "imported", "insights", "latest", "member", "members", "moderator", "moderators", "mods",
  "notifications", "null", "official", "owner", "service", "sign-in", "sign-out", "sign-up", "team", "topic", "topics", "undefined", "unread", "wellspring",
];

const taken = new Set([...reserved, ...ours].map(bareSkeleton));

/** As it will be stored: full-width and other variants of a letter become that letter. */
export function normalUsername(text: string): string {
  return text.normalize("NFKC").trim();
}

/** Whether it is kept for the house: `admin`, and `Adm1n` and `a.d.m.i.n` too. */
export function isReserved(username: string): boolean {
  return taken.has(bareSkeleton(username));
}

/** Stricter than between members: separators are nothing, and 1 is i as well as l. */
function bareSkeleton(username: string): string {
  return usernameSkeleton(username).replace(/[._-]/g, "").replaceAll("l", "i");
}

/**
 * The name with look-alikes made equal, after Unicode UTS 39. Usernames hold ASCII only, so that of its table these
 * remain: capital I and 1 look like l, O and 0 like o, `rn` like m, `vv` like w.
 */
export function usernameSkeleton(username: string): string {
  return username.normalize("NFKC").replace(/[I1|]/g, "l").replace(/0/g, "o").toLowerCase().replace(/rn/g, "m").replace(/vv/g, "w");
}
