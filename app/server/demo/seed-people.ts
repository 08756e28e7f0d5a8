import { hash } from "@node-rs/argon2";
import { usernameSkeleton } from "#app/accounts/usernames.ts";
import type { Tx } from "#db/client.ts";
import { members, type MemberRow } from "#db/schema/accounts.ts";
import { people, type Person } from "#db/seed/people.ts";
import type { SeedTopic } from "#db/seed/read-talk.ts";
import { insertAll } from "./insert.ts";

/** What all four demo members sign in with. Named in the README, so it guards nothing. */
export const DEMO_PASSWORD = "wellspring-demo";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CAN_SIGN_IN = ["ada", "max", "pia", "cleo"];

export type Members = Map<string, MemberRow>;

/** Everybody was here before they first spoke. */
export async function seedPeople(tx: Tx, talk: SeedTopic[], now: Date): Promise<Members> {
  const firstSaid = new Map<string, Date>();
  for (const { author, at } of talk.flatMap(({ posts }) => posts)) if (at < (firstSaid.get(author) ?? now)) firstSaid.set(author, at);
  const joinedAt = ({ username, joinedDaysAgo }: Person) =>
    new Date(Math.min(now.getTime() - joinedDaysAgo * DAY, (firstSaid.get(username) ?? now).getTime() - 2 * HOUR));
  const passwordHash = await hash(DEMO_PASSWORD);
  const rows = people.map((person) => ({
    username: person.username,
    usernameSkeleton: usernameSkeleton(person.username),
    name: person.name,
    email: `${person.username}@hearthvolt.example`,
    emailVerifiedAt: joinedAt(person),
    passwordHash: CAN_SIGN_IN.includes(person.username) ? passwordHash : null,
    label: person.label,
    title: person.title ?? "",
    bio: person.bio ?? "",
    location: person.location ?? "",
    website: person.website ?? "",
    timeZone: person.timeZone ?? "UTC",
    createdAt: joinedAt(person),
    lastSeenAt: now,
  }));
  return new Map((await insertAll(tx, members, rows)).map((row) => [row.username, row]));
}
