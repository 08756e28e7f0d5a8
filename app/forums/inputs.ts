import { z } from "zod";
import { idempotencyField } from "#app/core/idempotency.ts";
import { idParam } from "#app/core/ids.ts";
import { richTextField } from "#app/core/rich-text.ts";
import { topicKind } from "#db/schema/topic-kind.ts";

export const topicParams = z.object({ slug: z.string(), topicId: idParam, postNumber: idParam.optional() });

export const createReplyInput = z.object({ body: richTextField, replyToNumber: idParam.optional(), key: idempotencyField });
export type CreateReplyInput = z.infer<typeof createReplyInput>;

export const createTopicInput = z.object({
  title: z.string().trim().min(1, "core.required").max(200),
  kind: z.enum(topicKind.enumValues).default("discussion"),
  body: richTextField,
  key: idempotencyField,
});
export type CreateTopicInput = z.infer<typeof createTopicInput>;
