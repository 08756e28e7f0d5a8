import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "#db/client.ts";
import { config } from "./config.ts";
import { shared } from "./shared.ts";

// Words that we hand out and know again as ours, such as the link in a mail that stops it: they need no row anywhere, and
// nobody can make one. Whoever has one can do what it names and nothing else, so let it name little.

const SIGNATURE = /^(.{1,60})\.([\w-]{32})$/s;

/** Signs a value for one purpose. The token is good for ever, for that purpose only, and fits into an address. */
export async function sign(purpose: string, value: string): Promise<string> {
  return `${value}.${createHmac("sha256", await readSecret()).update(`${purpose}\n${value}`).digest("base64url").slice(0, 32)}`;
}

/** The value that was signed for this purpose, or null for a token that is not ours. */
export async function signedValue(purpose: string, token: string): Promise<string | null> {
  const value = SIGNATURE.exec(token)?.[1];
  if (value === undefined) return null;
  const [given, right] = [Buffer.from(token), Buffer.from(await sign(purpose, value))];
  return given.length === right.length && timingSafeEqual(given, right) ? value : null;
}

/** The setting `SECRET`; without it one is made when first needed and kept in the database, for all processes the same. */
async function readSecret(): Promise<string> {
  if (config.secret) return config.secret;
  const kept = shared("signed.secret", () => ({ value: null as string | null }));
  if (kept.value !== null) return kept.value;
  const made = randomBytes(32).toString("hex");
  await db.execute(sql`insert into site_settings (key, value) values ('core.secret', ${JSON.stringify(made)}::jsonb) on conflict do nothing`);
  const [row] = await db.execute<{ secret: string }>(sql`select value#>>'{}' as secret from site_settings where key = 'core.secret'`);
  return (kept.value = row!.secret);
}
