import { config } from "#app/core/config.ts";

/** Says where the community is, and which parts run inside this process because nothing else was set. */
export function announceStart({ embeddedFolder }: { embeddedFolder?: string }): void {
  const parts = [
    embeddedFolder ? `PostgreSQL (embedded, ${embeddedFolder})` : "PostgreSQL (DATABASE_URL)",
    config.meiliUrl ? "Meilisearch (MEILI_URL)" : "search in PostgreSQL",
    config.smtpUrl ? "mail by SMTP_URL" : `mail to the log and ${config.dataDir}/mail`,
  ];
  if (!config.parts.includes("web")) console.log("The worker runs.");
  else console.log(`Wellspring is at ${config.baseUrl}`);
  console.log(`With ${parts.join(", ")}.`);
  if (config.demo) console.log("Demo members: ada (owner), max (moderator), pia (product manager), cleo (customer); password wellspring-demo");
}
