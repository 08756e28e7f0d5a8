import { createHash, randomBytes } from "node:crypto";
import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { Lucia, TimeSpan } from "lucia";
import { db } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { members, sessions, type MemberRow } from "#db/schema/accounts.ts";
import { config } from "./config.ts";
import { guest, signedOut, type Member, type RoleGrant, type Viewer } from "./viewer.ts";

// The only file that knows Lucia. It is handed the hash of the token as the session's id, so that the database never
// holds what a cookie must hold, and a stolen backup opens no account.

const memberColumns = {
  id: members.id, username: members.username, name: members.name, label: members.label, avatarFileId: members.avatarFileId, emailVerifiedAt: members.emailVerifiedAt,
  suspendedUntil: members.suspendedUntil, locale: members.locale, timeZone: members.timeZone, colourScheme: members.colourScheme, prefersPages: members.prefersPages, hidesPresence: members.hidesPresence,
};
const rolesColumn = sql<RoleGrant[]>`(select coalesce(json_agg(json_build_object('role', duty.role, 'divisionId', duty.division_id)), '[]') from member_roles duty where duty.member_id = ${sql.raw('"members"."id"')})`;

const isHttps = config.baseUrl.startsWith("https:");

/** `__Host-` binds the cookie to this very host; browsers accept it on https only. */
export const SESSION_COOKIE = isHttps ? "__Host-wellspring" : "wellspring";

/** Unused for so long, a session ends. */
const IDLE_DAYS = 30;
/** However much it is used, it ends after this: whoever took a cookie has it for no longer. */
const LONGEST_DAYS = 90;
/** How exactly "last seen" is kept. A write at each request would cost more than it tells. */
const SEEN_EVERY_SECONDS = 300;

/** Lucia's own reads two whole rows by a statement that is built anew, and the roles are one more question: this is asked at each request. */
const adapter = new DrizzlePostgreSQLAdapter(db, sessions as never, members as never);
adapter.getSessionAndUser = async (sessionId) => {
  const [row] = await sessionAndMember(db, { sessionId });
  if (!row) return [null, null];
  const { session: { id, userId, expiresAt, ...attributes }, member, roles } = row;
  return [{ id, userId, expiresAt, attributes }, { id: member.id, attributes: { ...member, roles } }];
};

const sessionAndMember = prepared(() =>
  db
    .select({
      session: { id: sessions.id, userId: sessions.userId, expiresAt: sessions.expiresAt, createdAt: sessions.createdAt, lastSeenAt: sessions.lastSeenAt },
      member: memberColumns,
      roles: rolesColumn,
    })
    .from(sessions)
    .innerJoin(members, eq(members.id, sessions.userId))
    .where(eq(sessions.id, sql.placeholder("sessionId"))),
);

const lucia = new Lucia(adapter, {
  sessionExpiresIn: new TimeSpan(IDLE_DAYS, "d"),
  getUserAttributes: (row) => row,
  getSessionAttributes: ({ lastSeenAt, createdAt }) => ({ lastSeenAt, createdAt }),
});

declare module "lucia" {
  interface Register {
    Lucia: typeof lucia;
    UserId: number;
    DatabaseUserAttributes: MemberColumns;
    DatabaseSessionAttributes: { ip?: string; userAgent?: string; lastSeenAt?: Date; createdAt?: Date };
  }
}

/** Begins a session. Answers the cookie that carries its token, for a Set-Cookie header. */
export async function beginSession(memberId: number, { ip, userAgent }: { ip: string; userAgent: string }): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  await lucia.createSession(memberId, { ip, userAgent: userAgent.slice(0, 300) }, { sessionId: hashToken(token) });
  return cookie(token, 60 * 60 * 24 * LONGEST_DAYS);
}

/** The cookie that clears the token from the browser. The session itself ends in app/accounts/sessions.ts. */
export function clearedCookie(): string {
  return cookie("", 0);
}

/** The viewer behind a Cookie header; a guest when there is no session, and one who was signed out when it has ended. */
export async function readViewer(cookieHeader: string | null | undefined): Promise<Viewer> {
  const token = tokenIn(cookieHeader ?? "");
  if (!token) return guest;
  const { user, session } = await lucia.validateSession(hashToken(token));
  if (!user) return signedOut;
  if (isOlderThan(session.createdAt, LONGEST_DAYS * 86_400)) {
    await lucia.invalidateSession(session.id);
    return signedOut;
  }
  if (isOlderThan(session.lastSeenAt, SEEN_EVERY_SECONDS)) await markSeen(session.id, user.id);
  return { ...memberFrom(user), sessionId: session.id };
}

/** A member as a viewer, for jobs that act or look on their behalf. */
export async function readMember(memberId: number): Promise<Member | null> {
  const [row] = await db.select({ member: memberColumns, roles: rolesColumn }).from(members).where(eq(members.id, memberId));
  return row ? memberFrom({ ...row.member, roles: row.roles }) : null;
}

/** Those of the sessions that have not ended. */
export async function listLiveSessions(sessionIds: string[]): Promise<Set<string>> {
  const rows = await db.select({ id: sessions.id }).from(sessions).where(and(inArray(sessions.id, sessionIds), gt(sessions.expiresAt, new Date())));
  return new Set(rows.map(({ id }) => id));
}

/** What is stored of a secret that somebody holds: of a session's token, of a link in a mail, of an address that is one's own. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Whether the request carries a session cookie at all, be it valid or not: such pages are never cached. */
export function hasSessionCookie(cookieHeader: string | undefined): boolean {
  return tokenIn(cookieHeader ?? "") !== null;
}

function isOlderThan(at: Date | undefined, seconds: number): boolean {
  return at !== undefined && Date.now() - at.getTime() > seconds * 1000;
}

async function markSeen(sessionId: string, memberId: number): Promise<void> {
  const before = new Date(Date.now() - SEEN_EVERY_SECONDS * 1000);
  const now = new Date();
  // Several requests of one page come at once: the first of them writes.
  const [first] = await db
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, before)))
    .returning({ id: sessions.id });
  if (first) await db.update(members).set({ lastSeenAt: now }).where(eq(members.id, memberId));
}

type MemberColumns = Pick<
  MemberRow,
  | "id" | "username" | "name" | "label" | "avatarFileId" | "emailVerifiedAt" | "suspendedUntil" | "locale"
  | "timeZone" | "colourScheme" | "prefersPages" | "hidesPresence"
> & { roles: RoleGrant[] };

function memberFrom(row: MemberColumns): Member {
  const { id, username, name, label, avatarFileId, roles, suspendedUntil, locale, timeZone, colourScheme, prefersPages, hidesPresence } = row;
  const isVerified = row.emailVerifiedAt !== null;
  return { kind: "member", id, username, name, label, avatarFileId, roles, isVerified, suspendedUntil, locale, timeZone, colourScheme, prefersPages, hidesPresence };
}

function tokenIn(cookieHeader: string): string | null {
  for (const part of cookieHeader.split(";")) {
    const at = part.indexOf("=");
    if (part.slice(0, at).trim() === SESSION_COOKIE) return part.slice(at + 1).trim() || null;
  }
  return null;
}

function cookie(token: string, maxAgeSeconds: number): string {
  return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${isHttps ? "; Secure" : ""}`;
}
