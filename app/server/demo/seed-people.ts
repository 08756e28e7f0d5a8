import { hash } from "@node-rs/argon2";
import type { Tx } from "#db/client.ts";
import { members, type MemberRow } from "#db/schema/accounts.ts";
import { people } from "#db/seed/people.ts";
import { insertAll } from "./insert.ts";

/** What all four demo members sign in with. Named in the README, so it guards nothing. */
export const DEMO_PASSWORD = "wellspring-demo";
const CAN_SIGN_IN = ["ada", "max", "pia", "cleo"];

export type Members = Map<string, MemberRow>;

export async function seedPeople(tx: Tx, now: Date): Promise<Members> {
  const passwordHash = await hash(DEMO_PASSWORD);
  const rows = people.map((person) => ({
    username: person.username,
    usernameSkeleton: person.username.toLowerCase(),
    name: person.name,
    email: `${person.username}@hearthvolt.example`,
    emailVerifiedAt: daysBefore(now, person.joinedDaysAgo),
    passwordHash: CAN_SIGN_IN.includes(person.username) ? passwordHash : null,
    label: person.label,
    title: person.title ?? "",
    bio: person.bio ?? "",
    location: person.location ?? "",
    website: person.website ?? "",
    timeZone: person.timeZone ?? "UTC",
    createdAt: daysBefore(now, person.joinedDaysAgo),
    lastSeenAt: now,
  }));
  return new Map((await insertAll(tx, members, rows)).map((row) => [row.username, row]));
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
