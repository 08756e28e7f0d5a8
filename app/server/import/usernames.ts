import slugify from "@sindresorhus/slugify";
import { sql } from "drizzle-orm";
import { isReserved, usernameSkeleton } from "#app/accounts/usernames.ts";
import type { Tx } from "#db/client.ts";
import { rowsOf } from "./sql.ts";

type Username = { username: string; usernameSkeleton: string };

/** A username for each person, made from their name: legal, free, and like no other. `key` is added where it must be. */
export async function freeUsernames(tx: Tx, people: { name: string; key: string }[]): Promise<Username[]> {
  const wanted = people.map(({ name, key }) => {
    const base = slugify(name.normalize("NFKC"), { separator: "-" }).slice(0, 20).replace(/^-+|-+$/g, "");
    return [base.length > 1 ? base : `member-${key}`, `${base || "member"}-${key}`, `${base.slice(0, 12) || "member"}-${key}-imported`.slice(0, 30)];
  });
  const candidates = wanted.flat().map((username) => ({ username, skeleton: usernameSkeleton(username) }));
  const found = await tx.execute<{ skeleton: string }>(sql`
    select username_skeleton as skeleton from members where username_skeleton in (select skeleton from ${rowsOf(candidates, "skeleton text")} given)
    union select lower(username) from members where lower(username) in (select lower(username) from ${rowsOf(candidates, "username text")} given)`);
  const taken = new Set(found.map(({ skeleton }) => skeleton));
  return wanted.map((choices) => {
    const free = choices.find((choice) => !isReserved(choice) && !taken.has(choice.toLowerCase()) && !taken.has(usernameSkeleton(choice)));
    const username = free ?? `imported-${crypto.randomUUID().slice(0, 13)}`;
    taken.add(username.toLowerCase()).add(usernameSkeleton(username));
    return { username, usernameSkeleton: usernameSkeleton(username) };
  });
}
