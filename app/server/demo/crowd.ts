import { createHash } from "node:crypto";
import type { Crowd } from "#db/seed/read-talk.ts";
import type { MemberRow } from "#db/schema/accounts.ts";
import type { Members } from "./seed-people.ts";

/** Who is in a crowd: those named, or as many as asked, always the same for the same `seed`. Nobody before they joined. */
export function pickCrowd(crowd: Crowd, members: Members, { seed, not, by }: { seed: string; not: string; by: Date }): MemberRow[] {
  if (Array.isArray(crowd)) return crowd.map((username) => members.get(username) ?? fail(`nobody is called ${username}`));
  return [...members.values()]
    .filter((member) => member.username !== not && member.createdAt < by && member.label !== "partner")
    .sort((a, b) => (weight(seed, a) < weight(seed, b) ? -1 : 1))
    .slice(0, crowd);
}

function weight(seed: string, member: MemberRow): string {
  // Employees react to few things, or every wish would look agreed.
  return (member.label === "employee" ? "g" : "") + createHash("sha256").update(`${seed}:${member.username}`).digest("hex");
}

function fail(message: string): never {
  throw new Error(message);
}
