import { z } from "zod";
import { idParam } from "#app/core/ids.ts";

/** The most a search may be long. */
const MAX_LENGTH = 500;

/** What `/search` takes from its address. What makes no sense there falls back, except text beyond all measure. */
export const searchInput = z.object({
  q: z.string().transform((text) => text.replace(/\p{Cc}/gu, " ")).pipe(z.string().trim().max(MAX_LENGTH, "discovery.tooLong")).default(""),
  order: z.enum(["relevance", "newest"]).catch("relevance"),
  page: z.coerce.number().int().min(1).max(50).catch(1),
});

/** Of which days the page about searches tells. */
export const searchesInput = z.object({ days: z.coerce.number().pipe(z.union([z.literal(7), z.literal(30), z.literal(90)])).catch(30) });

/** Words that mean the same, as typed with commas between them. */
const wordsField = z
  .string()
  .max(300, "core.tooLong")
  .transform((text) => [...new Set(text.toLowerCase().split(/[,;=\n]/).map((word) => word.replace(/\s+/g, " ").trim()).filter(Boolean))])
  .refine((words) => words.length >= 2, "discovery.twoWords")
  .refine((words) => words.length <= 10 && words.every((word) => word.length <= 60 && word.split(" ").length <= 4), "discovery.shortWords");

export const synonymsInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add"), words: wordsField }),
  z.object({ intent: z.literal("remove"), id: idParam }),
]);
