import { z } from "zod";
import { idParam } from "#app/core/ids.ts";
import { pictures, profileTabs } from "./paths.ts";

const MOST_LINKS = 5;

export const profileParams = z.object({ username: z.string().max(60), tab: z.enum(profileTabs).default("topics") });
export const memberParams = z.object({ username: z.string().max(60) });

/** What follows the one with this id. A cursor that is none begins at the top. */
export const cursor = idParam.optional().catch(undefined);

export const labelInput = z.object({
  label: z.enum(["", "employee", "partner", "champion"]).transform((label) => label || null),
});

/** One line without what cannot be seen or turns the writing round, so that no name can pass for another by it. */
function line(max: number) {
  return z.string().transform(visible).pipe(z.string().max(max, "core.tooLong"));
}

/** Other addresses, one a line. */
const links = z.string().default("")
  .transform((text) => [...new Set(text.split(/\r?\n/).map(visible).filter(Boolean))])
  .pipe(z.array(z.string().max(200, "core.tooLong").refine(isWebAddress, "profiles.websiteInvalid")).max(MOST_LINKS, "profiles.tooManyLinks"));

const website = line(200).refine((text) => text === "" || isWebAddress(text), "profiles.websiteInvalid");

/** Which of a member's two pictures. */
export const pictureParams = z.object({ picture: z.enum(pictures) });
export const removePictureInput = z.object({ what: z.enum(pictures).default("picture") });

/** The questions of admins come as `field-<id>`. */
export const profileInput = z
  .object({
    name: line(60).refine((text) => /[\p{L}\p{N}]/u.test(text), "profiles.nameEmpty"),
    title: line(100).default(""),
    bio: z.string().transform((text) => text.replaceAll("\r\n", "\n").trim()).pipe(z.string().max(3000, "core.tooLong")).default(""),
    location: line(100).default(""),
    website: website.default(""),
    links,
  })
  .catchall(z.string().max(500, "core.tooLong"));
export type ProfileInput = z.infer<typeof profileInput>;

function visible(text: string): string {
  // Joiners stay: Persian, Hindi and many emoji are written with them.
  return text.normalize("NFC").replace(/(?![\u200c\u200d])[\p{Cf}\p{Cc}\p{Co}\p{Cn}\u2028\u2029]/gu, " ").replace(/\s+/gu, " ").trim();
}

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && url.hostname.includes(".");
}
