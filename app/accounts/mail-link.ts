import { and, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { composeMail } from "#app/core/compose-mail.ts";
import { config } from "#app/core/config.ts";
import { deliverMail } from "#app/core/deliver-mail.ts";
import { defineJob } from "#app/core/jobs.ts";
import { translate, type MessageKey, type MessageValues } from "#app/core/messages.ts";
import { db, type Executor } from "#db/client.ts";
import { members, type MemberRow } from "#db/schema/accounts.ts";
import { createLink } from "./links.ts";
import { readSiteName } from "./site-name.ts";

export const CONFIRM_HOURS = 48;
export const RESET_MINUTES = 60;

const input = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["verify", "change_email"]), memberId: z.number(), email: z.string() }),
  z.object({ kind: z.literal("reset"), email: z.string() }),
]);

/**
 * Mails a one-time link. The link is made here and not by the form that asks for it: so the queue never holds it, and
 * that form does the very same for an address we know as for one we do not. A second attempt voids the first's link.
 */
export const mailLink = defineJob({
  name: "accounts.mail-link",
  input,
  maxAttempts: 8,
  async run(wanted) {
    if (wanted.kind === "reset") await mailReset(wanted.email);
    else await mailConfirmation(wanted.kind, wanted.memberId, wanted.email);
  },
});

async function mailConfirmation(kind: "verify" | "change_email", memberId: number, email: string): Promise<void> {
  const [member] = await db.select().from(members).where(eq(members.id, memberId));
  // Asked for again with another address meanwhile, or confirmed.
  if (!member || member.pendingEmail !== email) return;
  const holder = await findByEmail(db, email);
  if (holder) return mailTo(holder, email, "known", { username: holder.username }, { label: "accounts.mail.known.action", path: "/reset-password" });
  const token = await db.transaction((tx) => createLink(tx, { kind, memberId, email, minutes: CONFIRM_HOURS * 60 }));
  const name = kind === "verify" ? "verify" : "change";
  await mailTo(member, email, name, { username: member.username, hours: CONFIRM_HOURS }, { label: `accounts.mail.${name}.action`, path: `/confirm-email/${token}` });
}

async function mailReset(email: string): Promise<void> {
  const member = await findByEmail(db, email);
  if (!member) return;
  const token = await db.transaction((tx) => createLink(tx, { kind: "reset", memberId: member.id, email: member.email, minutes: RESET_MINUTES }));
  await mailTo(member, member.email!, "reset", { username: member.username, minutes: RESET_MINUTES }, { label: "accounts.mail.reset.action", path: `/reset-password/${token}` });
}

type MailName = "verify" | "known" | "change" | "reset";

async function mailTo(member: MemberRow, address: string, name: MailName, values: MessageValues, action: { label: MessageKey; path: string }): Promise<void> {
  const site = await readSiteName(db);
  const say = (key: MessageKey) => translate(member.locale, key, { ...values, site });
  const letter = composeMail({
    subject: say(`accounts.mail.${name}.subject`),
    paragraphs: say(`accounts.mail.${name}.body`).split("\n"),
    // Always the address that the operator set, never the one that a request claimed to be for.
    action: { label: say(action.label), href: config.baseUrl + action.path },
    footer: say("accounts.mail.footer"),
  });
  await deliverMail({ to: { name: member.name, address }, ...letter });
}

/** The member who has proven that an address is theirs. */
export async function findByEmail(on: Executor, email: string): Promise<MemberRow | undefined> {
  const [row] = await on
    .select()
    .from(members)
    .where(and(eq(sql`lower(${members.email})`, email.toLowerCase()), isNotNull(members.emailVerifiedAt)));
  return row;
}
