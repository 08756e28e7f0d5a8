import { z } from "zod";
import { idempotencyField } from "#app/core/idempotency.ts";
import { idParam } from "#app/core/ids.ts";
import { richTextField } from "#app/core/rich-text.ts";
import { topicKind } from "#db/schema/topic-kind.ts";

export const topicParams = z.object({ slug: z.string(), topicId: idParam, postNumber: idParam.optional() });

export const createReplyInput = z.object({ body: richTextField, replyToNumber: idParam.optional(), key: idempotencyField });
export type CreateReplyInput = z.infer<typeof createReplyInput>;

export const MAX_TAGS = 5;

/** Tags as typed, with commas between them: what is the same tag is named once. */
export const tagsField = z
  .string()
  .max(500, "core.tooLong")
  .transform((text) => [...new Set(text.split(/[,;\n]/).map(tagSlug).filter(Boolean))])
  .refine((slugs) => slugs.length <= MAX_TAGS, "forums.tooManyTags");

/** A tag as its address has it: lower case, words joined by hyphens, in any script. `c++`, `c#` and `4.2` stay what they are. */
export function tagSlug(text: string): string {
  const joined = text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}+#.]+/gu, "-");
  return [...joined].slice(0, 40).join("").replace(/^[-.]+|[-.]+$/g, "");
}

export const createTopicInput = z.object({
  title: z.string().trim().min(1, "core.required").max(200),
  kind: z.enum(topicKind.enumValues).default("discussion"),
  tags: tagsField.default([]),
  body: richTextField,
  /** The draft the form was saved to, which is forgotten when the topic is there. */
  draftId: idParam.optional().catch(undefined),
  key: idempotencyField,
});
/** Programs that start topics may leave the tags out. */
export type CreateTopicInput = Omit<z.infer<typeof createTopicInput>, "tags"> & { tags?: string[] };
