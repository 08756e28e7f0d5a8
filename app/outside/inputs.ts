import { z } from "zod";
import { idParam } from "#app/core/ids.ts";

/** What a member does with their own addresses. */
export const feedAddressInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("make"), of: z.string().max(300) }),
  z.object({ intent: z.literal("renew"), addressId: idParam }),
  z.object({ intent: z.literal("revoke"), addressId: idParam }),
]);
