import { z } from "zod";

/** The most a search may be long. */
const MAX_LENGTH = 500;

/** What `/search` takes from its address. What makes no sense there falls back, except text beyond all measure. */
export const searchInput = z.object({
  q: z.string().transform((text) => text.replace(/\p{Cc}/gu, " ")).pipe(z.string().trim().max(MAX_LENGTH, "discovery.tooLong")).default(""),
  order: z.enum(["relevance", "newest"]).catch("relevance"),
  page: z.coerce.number().int().min(1).max(50).catch(1),
});
