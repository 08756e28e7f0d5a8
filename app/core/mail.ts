import { z } from "zod";
import type { Executor } from "#db/client.ts";
import { deliverMail } from "./deliver-mail.ts";
import { parseEmailAddress } from "./email-address.ts";
import { defineJob, enqueue } from "./jobs.ts";

export type MailTo = { name: string; address: string };

export type Mail = {
  to: MailTo;
  subject: string;
  text: string;
  /** The same again for those who read HTML. Made by `composeMail`, or escaped by its maker. */
  html: string;
  /** The address of a page or endpoint that ends such mail at once (RFC 8058). For all that is not about the account itself. */
  unsubscribeUrl?: string;
};

const mail: z.ZodType<Mail> = z.object({
  to: z.object({ name: z.string(), address: z.string().refine((address) => parseEmailAddress(address) !== null) }),
  subject: z.string().min(1),
  text: z.string().min(1),
  html: z.string().min(1),
  unsubscribeUrl: z.url().optional(),
});

/** A failed attempt is made again by the queue, for about two days in all. */
export const sendMailJob = defineJob({ name: "core.send-mail", input: mail, maxAttempts: 17, run: deliverMail });

/**
 * Queues a mail in the caller's transaction: it goes out if and only if what it tells of has happened.
 *
 * What is queued lies in the database until it is sent, so it must hold no secret. Mail with a one-time link makes the
 * link in a job of its own and calls `deliverMail` there: see app/accounts/mail-link.ts.
 *
 * @throws ZodError for an address that `parseEmailAddress` does not know
 */
export function sendMail(on: Executor, { to, subject, text, html, unsubscribeUrl }: Mail): Promise<void> {
  return enqueue(on, sendMailJob, { to, subject, text, html, unsubscribeUrl });
}
