import { and, eq } from "drizzle-orm";
import { db, type Executor } from "#db/client.ts";
import { mailRefusals } from "#db/schema/notifications.ts";
import { config } from "./config.ts";
import { sign, signedValue } from "./signed.ts";

/** Mail that members can stop, by what it tells. */
export const optionalMails = ["decision"] as const;
export type OptionalMail = (typeof optionalMails)[number];

const PURPOSE = "mail.stop";

export async function listRefusedMails(on: Executor, memberId: number): Promise<OptionalMail[]> {
  return (await on.select({ mail: mailRefusals.mail }).from(mailRefusals).where(eq(mailRefusals.memberId, memberId))).map(({ mail }) => mail as OptionalMail);
}

export async function wantsMail(on: Executor, memberId: number, mail: OptionalMail): Promise<boolean> {
  return !(await listRefusedMails(on, memberId)).includes(mail);
}

export async function chooseMail(memberId: number, mail: OptionalMail, { on }: { on: boolean }): Promise<void> {
  if (on) await db.delete(mailRefusals).where(and(eq(mailRefusals.memberId, memberId), eq(mailRefusals.mail, mail)));
  else await db.insert(mailRefusals).values({ memberId, mail }).onConflictDoNothing();
}

/** The address that stops one kind of mail for one member, and can do nothing else: for the mail itself. */
export async function stopMailUrl(memberId: number, mail: OptionalMail): Promise<string> {
  return `${config.baseUrl}/mail/stop/${await sign(PURPOSE, `${mail}-${memberId}`)}`;
}

export async function readStopMail(token: string): Promise<{ memberId: number; mail: OptionalMail } | null> {
  const [, mail, memberId] = /^([a-z]+)-(\d{1,15})$/.exec((await signedValue(PURPOSE, token)) ?? "") ?? [];
  return mail && optionalMails.includes(mail as OptionalMail) ? { memberId: Number(memberId), mail: mail as OptionalMail } : null;
}
