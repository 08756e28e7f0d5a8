import { z } from "zod";
import { parseEmailAddress } from "#app/core/email-address.ts";

const PASSWORD_MIN = 10;
/** Longer ones are refused before they are hashed: hashing is meant to be dear. */
const PASSWORD_MAX = 128;

/** A one-time token as it stands in an address: 32 bytes. */
export const tokenParams = z.object({ token: z.string().regex(/^[\w-]{43}$/) });

const newPassword = z.string().min(PASSWORD_MIN, "accounts.passwordShort").max(PASSWORD_MAX, "accounts.passwordLong");
const currentPassword = z.string().min(1, "core.required").max(PASSWORD_MAX, "accounts.wrongPassword");

const email = z
  .string()
  .trim()
  .min(1, "core.required")
  .max(254, "accounts.notAnAddress")
  .transform((text, context) => {
    const address = parseEmailAddress(text);
    if (address) return address;
    context.addIssue({ code: "custom", message: "accounts.notAnAddress" });
    return z.NEVER;
  });

const username = z
  .string()
  .transform((text) => text.normalize("NFKC").trim())
  .pipe(z.string().min(2, "accounts.usernameLength").max(30, "accounts.usernameLength").regex(/^[a-z0-9_][a-z0-9_.-]*[a-z0-9_]$/i, "accounts.usernameLetters"));

export const signInInput = z.object({
  login: z.string().trim().min(1, "core.required").max(254, "accounts.wrongCredentials"),
  password: z.string().min(1, "core.required").max(PASSWORD_MAX, "accounts.wrongCredentials"),
  next: z.string().optional(),
});
export type SignInInput = z.infer<typeof signInInput>;

export const signUpInput = z.object({ username, email, password: newPassword, next: z.string().optional() });
export type SignUpInput = z.infer<typeof signUpInput>;

export const claimOwnershipInput = signUpInput.omit({ next: true });

export const askResetInput = z.object({ email });
export const resetPasswordInput = z.object({ password: newPassword });

export const changePasswordInput = z.object({ current: currentPassword, password: newPassword });
export const changeEmailInput = z.object({ current: currentPassword, email });

/** The short name of one session, or all but the present one. */
export const endSessionInput = z.object({ session: z.union([z.literal("others"), z.string().regex(/^[0-9a-f]{16}$/)]) });

/** Codes of languages the product speaks. */
const locales = ["en"] as const;

/** A box that is ticked sends "on"; one that is not sends nothing. */
const tick = z.literal("on").optional().transform((value) => value === "on");

export const preferencesInput = z.object({
  locale: z.enum([...locales, "en-XA"]),
  timeZone: z.string().max(64).refine(isTimeZone, "core.invalid"),
  colourScheme: z.enum(["system", "light", "dark"]),
  prefersPages: tick,
  hidesPresence: tick,
});
export type PreferencesInput = z.infer<typeof preferencesInput>;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(name) && Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
