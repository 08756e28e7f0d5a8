import { composeMail } from "#app/core/compose-mail.ts";
import { sendMail } from "#app/core/mail.ts";
import { translate, type MessageValues } from "#app/core/messages.ts";
import type { Tx } from "#db/client.ts";
import type { MemberRow } from "#db/schema/accounts.ts";
import { readSiteName } from "./site-name.ts";

type Notice = "passwordChanged" | "emailAsked" | "emailChanged";
type Told = Pick<MemberRow, "name" | "username" | "locale">;

/** Tells a member by mail what was done to their account, in case it was not they who did it. */
export async function tell(tx: Tx, member: Told, address: string | null, notice: Notice, values: MessageValues = {}): Promise<void> {
  if (!address) return;
  const all = { ...values, username: member.username, site: await readSiteName(tx) };
  const letter = composeMail({
    subject: translate(member.locale, `accounts.mail.${notice}.subject`, all),
    paragraphs: translate(member.locale, `accounts.mail.${notice}.body`, all).split("\n"),
    footer: translate(member.locale, "accounts.mail.footer", all),
  });
  await sendMail(tx, { to: { name: member.name, address }, ...letter });
}
