import { eq } from "drizzle-orm";
import { offerOwnership } from "#app/accounts/ownership.ts";
import { config } from "#app/core/config.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";

/**
 * Says where the community is, which parts run inside this process because nothing else was set, and, while nobody owns
 * it, the one-time link that makes its first owner.
 */
export async function announceStart({ embeddedFolder }: { embeddedFolder?: string }): Promise<void> {
  const parts = [
    embeddedFolder ? `PostgreSQL (embedded, ${embeddedFolder})` : "PostgreSQL (DATABASE_URL)",
    config.meiliUrl ? "Meilisearch (MEILI_URL)" : "search in PostgreSQL",
    config.bucket ? "files in a bucket (S3_BUCKET)" : `files in ${config.dataDir}/files`,
    config.smtpUrl ? "mail by SMTP_URL" : `mail to the log and ${config.dataDir}/mail`,
  ];
  if (!config.parts.includes("web")) console.log("The worker runs.");
  else console.log(`Wellspring is at ${config.baseUrl}`);
  console.log(`With ${parts.join(", ")}.`);
  if (config.demo && (await holdsDemo())) console.log("Demo members: ada (owner), max (moderator), pia (product manager), cleo (customer); password wellspring-demo");
  const setup = config.parts.includes("web") ? await offerOwnership() : null;
  if (setup) console.log(`Nobody owns this community yet. Become its owner at ${config.baseUrl}${setup} (works once; a new one is printed at each start)`);
}

/** Demo content goes into an empty database only: a community that was begun without it never has these members. */
async function holdsDemo(): Promise<boolean> {
  return (await db.$count(members, eq(members.email, "ada@hearthvolt.example"))) > 0;
}
