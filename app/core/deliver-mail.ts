import { randomBytes } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { createTransport } from "nodemailer";
import { config } from "./config.ts";
import { parseEmailAddress } from "./email-address.ts";
import { log } from "./log.ts";
import type { Mail, MailTo } from "./mail.ts";
import { shared } from "./shared.ts";

/**
 * Sends a mail by SMTP_URL or, without one, writes it to a file. For jobs only: it waits for another machine.
 *
 * An address that the mail server refuses for good is given up, because asking again changes nothing.
 *
 * @throws Error when it could not be sent now, so that the queue tries again. It names no address and no text.
 */
export async function deliverMail(mail: Mail): Promise<void> {
  const safe = { ...mail, to: mailTo(mail.to), subject: oneLine(mail.subject) };
  if (!config.smtpUrl) return writeMail(safe);
  try {
    await transportTo(config.smtpUrl).sendMail({
      // Objects, never strings: a parser of addresses reads some strings as several people.
      from: sender(),
      to: safe.to,
      subject: safe.subject,
      text: safe.text,
      html: safe.html,
      headers: { "Auto-Submitted": "auto-generated", ...unsubscribeHeaders(safe) },
      // A mail is words: nothing in it may be fetched from a file or an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (error) {
    const { code = "", responseCode = 0 } = error as { code?: string; responseCode?: number };
    if (code !== "EENVELOPE" || responseCode < 500) throw new Error(`A mail could not be sent (${code} ${responseCode})`);
    log.warn({ code, responseCode }, "the mail server refuses an address for good, so a mail was given up");
  }
}

/** The sender as an object, from the setting `MAIL_FROM`: `Name <address>` or an address alone. */
export function sender(): MailTo {
  const [, name = "", address = config.mailFrom] = /^(.*)<([^<>]+)>$/.exec(config.mailFrom.trim()) ?? [];
  return { name: oneLine(name).replace(/^"|"$/g, ""), address: address.trim() };
}

/** @throws Error for an address that could stand for something else in a header */
function mailTo({ name, address }: MailTo): MailTo {
  const parsed = parseEmailAddress(address);
  if (!parsed) throw new Error("A mail was to go to something that is no address");
  return { name: oneLine(name), address: parsed };
}

/** A line break in a header would begin the next one. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

function unsubscribeHeaders({ unsubscribeUrl }: Mail): Record<string, string> {
  return unsubscribeUrl ? { "List-Unsubscribe": `<${oneLine(unsubscribeUrl)}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {};
}

function transportTo(url: string) {
  return shared(`mail:${url}`, () =>
    createTransport({ url, pool: true, maxConnections: 3, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 } as never),
  );
}

/** Written whole under another name first, so that whoever watches the folder never reads half a mail. */
async function writeMail(mail: Mail): Promise<void> {
  const folder = path.join(config.dataDir, "mail");
  const file = path.join(folder, `${new Date().toISOString().replace(/[:.]/g, "-")}-${randomBytes(4).toString("hex")}.eml`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.part`, asMessage(mail), { mode: 0o600 });
  await rename(`${file}.part`, file);
  log.info({ file }, "a mail was written to a file, because SMTP_URL is not set");
}

/** A message any mail program opens, with its lines left as they are: links can be read and copied. */
function asMessage(mail: Mail): string {
  const { to, subject, text, html } = mail;
  const boundary = randomBytes(12).toString("hex");
  const part = (type: string, content: string) =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${content}\r\n`;
  const headers = {
    Date: new Date().toUTCString(),
    From: named(sender()),
    To: named(to),
    Subject: subject,
    "Auto-Submitted": "auto-generated",
    ...unsubscribeHeaders(mail),
    "MIME-Version": "1.0",
    "Content-Type": `multipart/alternative; boundary=${boundary}`,
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${head.join("")}\r\n${part("text/plain", text)}${part("text/html", html)}--${boundary}--\r\n`;
}

function named({ name, address }: MailTo): string {
  return name ? `"${name.replace(/["\\]/g, "")}" <${address}>` : address;
}
