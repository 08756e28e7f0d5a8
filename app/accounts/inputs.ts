import { z } from "zod";

/** Longer ones are refused before they are hashed: hashing is meant to be dear. */
export const PASSWORD_MAX = 128;

export const signInInput = z.object({
  login: z.string().trim().min(1, "core.required").max(254, "accounts.wrongCredentials"),
  password: z.string().min(1, "core.required").max(PASSWORD_MAX, "accounts.wrongCredentials"),
  next: z.string().optional(),
});
export type SignInInput = z.infer<typeof signInInput>;
