import { randomBytes } from "node:crypto";
import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { ConflictError, ForbiddenError, NotFoundError, nullIfMissing } from "#app/core/errors.ts";
import type { EventOf } from "#app/core/events.ts";
import { endFeedAddresses } from "#app/core/feed-addresses.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { hashToken, readMember } from "#app/core/session.ts";
import { isSuspended, type Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { feedAddresses } from "#db/schema/outside.ts";
import type { Feed, FoundFeed } from "./feed.ts";
import { pathOfKey } from "./feed-keys.ts";
import { findFeed } from "./feeds.ts";

/** More lists than anybody follows. */
export const MOST_ADDRESSES = 40;
const MADE = { points: 30, perSeconds: 3600 };

/** A member's addresses, the oldest first, with the list each is of as they see it now: null for one that they no longer see. */
export async function listAddresses(member: Member, site: string) {
  const rows = await db
    .select({ id: feedAddresses.id, key: feedAddresses.feed, createdAt: feedAddresses.createdAt, lastReadAt: feedAddresses.lastReadAt })
    .from(feedAddresses)
    .where(eq(feedAddresses.memberId, member.id))
    .orderBy(asc(feedAddresses.id));
  return Promise.all(rows.map(async (row) => {
    const list = await findByKey(member, row.key, site).catch(nullIfMissing);
    return { ...row, list: list && { title: list.title, home: list.home } };
  }));
}

/**
 * Makes the secret of a member's own address of the list at a path. An earlier one for that list ends with it.
 *
 * @throws NotFoundError for a path that is no list, or hidden from them
 * @throws ForbiddenError while they are suspended
 * @throws ConflictError when they have as many as one can have
 */
export async function makeAddress(member: Member, path: string, site: string): Promise<{ token: string; list: FoundFeed }> {
  await limitRate("feed address", member.id, MADE);
  if (isSuspended(member)) throw new ForbiddenError("forums.suspended", { until: member.suspendedUntil! });
  const list = await findFeed(member, path, site);
  const token = await db.transaction(async (tx) => {
    const of = and(eq(feedAddresses.memberId, member.id), eq(feedAddresses.feed, list.key));
    const isNew = (await tx.$count(feedAddresses, of)) === 0;
    if (isNew && (await tx.$count(feedAddresses, eq(feedAddresses.memberId, member.id))) >= MOST_ADDRESSES) throw new ConflictError("outside.tooManyAddresses", { most: MOST_ADDRESSES });
    const made = newToken();
    await tx
      .insert(feedAddresses)
      .values({ memberId: member.id, feed: list.key, tokenHash: hashToken(made) })
      .onConflictDoUpdate({ target: [feedAddresses.memberId, feedAddresses.feed], set: { tokenHash: hashToken(made), createdAt: sql`now()`, lastReadAt: null } });
    await audit(tx, { actorId: member.id, action: isNew ? "feed.address_made" : "feed.address_renewed", target: list.key });
    return made;
  });
  return { token, list };
}

/** The same for one they have. @throws as makeAddress */
export async function renewAddress(member: Member, addressId: number, site: string): Promise<{ token: string; list: FoundFeed }> {
  const [row] = await db.select({ key: feedAddresses.feed }).from(feedAddresses).where(theirs(member, addressId));
  const path = row && (await pathOfKey(row.key));
  if (!path) throw new NotFoundError("feed");
  return makeAddress(member, path, site);
}

/** Ends it. One that is gone stays so. */
export function revokeAddress(member: Member, addressId: number): Promise<void> {
  return db.transaction(async (tx) => {
    const [ended] = await tx.delete(feedAddresses).where(theirs(member, addressId)).returning({ key: feedAddresses.feed });
    if (ended) await audit(tx, { actorId: member.id, action: "feed.address_revoked", target: ended.key });
  });
}

/**
 * What a member's own address tells: their list with what they may see of it now.
 *
 * @param admit is asked once the address is known, before anything is read for it, with a name of its secret
 * @throws NotFoundError for a secret that is none, the same as for a list that they no longer see, and for the suspended
 */
export async function readByToken(token: string, site: string, admit: (secret: string) => Promise<void>): Promise<{ addressId: number; feed: Feed }> {
  if (!TOKEN.test(token)) throw new NotFoundError("feed");
  const [address] = await db.select({ id: feedAddresses.id, memberId: feedAddresses.memberId, key: feedAddresses.feed }).from(feedAddresses).where(eq(feedAddresses.tokenHash, hashToken(token)));
  if (!address) throw new NotFoundError("feed");
  await admit(hashToken(token));
  const member = await readMember(address.memberId);
  if (!member || isSuspended(member)) throw new NotFoundError("feed");
  const { readEntries, ...head } = await findByKey(member, address.key, site);
  const entries = await readEntries();
  await noteRead(address.id);
  return { addressId: address.id, feed: { ...head, entries } };
}

/** A member who is gone has no address left, whatever of them stays. */
export function endAddresses({ memberId }: EventOf<"member.erased">): Promise<void> {
  return endFeedAddresses(db, memberId);
}

async function findByKey(member: Member, key: string, site: string): Promise<FoundFeed> {
  const path = await pathOfKey(key);
  if (!path) throw new NotFoundError("feed");
  return findFeed(member, path, site);
}

/** So that its owner sees which are in use. */
async function noteRead(addressId: number): Promise<void> {
  await db.update(feedAddresses).set({ lastReadAt: sql`now()` })
    .where(and(eq(feedAddresses.id, addressId), or(isNull(feedAddresses.lastReadAt), lt(feedAddresses.lastReadAt, sql`now() - interval '1 hour'`))));
}

function theirs(member: Member, addressId: number) {
  return and(eq(feedAddresses.memberId, member.id), eq(feedAddresses.id, addressId));
}

const TOKEN = /^[\w-]{43}$/;

function newToken(): string {
  return randomBytes(32).toString("base64url");
}
