import { z } from "zod";
import { idempotencyField } from "#app/core/idempotency.ts";
import { idParam } from "#app/core/ids.ts";
import { richTextField } from "#app/core/rich-text.ts";
import { MAX_TAGS, tagsField, tagSlug } from "#app/core/tags.ts";
import { ideaStatus, pinScope, reactionKind, tagGroupUse } from "#db/schema/forums.ts";
import { topicKind } from "#db/schema/topic-kind.ts";

export const topicParams = z.object({ slug: z.string(), topicId: idParam, postNumber: idParam.optional() });

/** Ticked by a writer who was told that what they quote is read by more people here. */
const knowsReaders = z.literal("on").optional().catch(undefined).transform((value) => value === "on");

export const createReplyInput = z.object({ body: richTextField, knowsReaders, replyToNumber: idParam.optional(), draftId: idParam.optional().catch(undefined), key: idempotencyField });
/** Programs that reply have nobody to ask. */
export type CreateReplyInput = Omit<z.infer<typeof createReplyInput>, "knowsReaders"> & { knowsReaders?: boolean };

export { MAX_TAGS, tagsField, tagSlug } from "#app/core/tags.ts";

export const createTopicInput = z.object({
  title: z.string().trim().min(1, "core.required").max(200),
  kind: z.enum(topicKind.enumValues).default("discussion"),
  tags: tagsField.default([]),
  body: richTextField,
  knowsReaders,
  /** The draft the form was saved to, which is forgotten when the topic is there. */
  draftId: idParam.optional().catch(undefined),
  key: idempotencyField,
});
/** Programs that start topics may leave the tags out. */
export type CreateTopicInput = Omit<z.infer<typeof createTopicInput>, "tags" | "knowsReaders"> & { tags?: string[]; knowsReaders?: boolean };

export const tagGroupInput = z.object({
  name: z.string().trim().min(1, "core.required").max(60).regex(/^[^\p{Cc}]*$/u, "core.invalid"),
  description: z.string().trim().max(300).default(""),
  isSingle: z.literal("on").optional().transform((value) => value === "on"),
  tags: z.string().max(10_000, "core.tooLong").default("").transform((text) => [...new Set(text.split(/[,;\n]/).map(tagSlug).filter(Boolean))]).refine((slugs) => slugs.length <= 200, "forums.tooManyInGroup"),
});

/** What a category's form for new topics asks: `use-12` for each group of tags, `hint-` and `body-` for each kind. */
export const postingInput = z.looseObject({ minimum: z.coerce.number().int().min(0).max(MAX_TAGS).default(0), inheritsTags: z.literal("on").optional().catch(undefined) }).transform(({ minimum, inheritsTags, ...fields }, context) => {
  const uses = new Map<number, "allowed" | "required">();
  for (const [name, value] of Object.entries(fields)) {
    const groupId = /^use-([1-9]\d{0,14})$/.exec(name)?.[1];
    if (!groupId || value === "") continue;
    const use = z.enum(tagGroupUse.enumValues).safeParse(value);
    if (use.success) uses.set(Number(groupId), use.data);
    else context.addIssue({ code: "custom", path: [name], message: "core.invalid" });
  }
  const words = (name: string, maximum: number) => {
    const given = z.string().trim().max(maximum, "core.tooLong").safeParse(fields[name] ?? "");
    if (!given.success) context.addIssue({ code: "custom", path: [name], message: given.error.issues[0]!.code === "too_big" ? "core.tooLong" : "core.invalid" });
    return given.data ?? "";
  };
  return { inheritsTags: inheritsTags === "on", minimum, uses, templates: topicKind.enumValues.map((kind) => ({ kind, hint: words(`hint-${kind}`, 300), body: words(`body-${kind}`, 5000) })) };
});

export const postParams = z.object({ slug: z.string(), topicId: idParam, postNumber: idParam });

/** A reason or a note: one line of words, which may be left out. */
const reasonField = z.string().trim().max(300, "core.tooLong").default("");

/** What a browser without scripts sends for "yes"; nothing or anything else is no. */
const yesField = z.enum(["1", ""]).default("").transform((value) => value === "1");

/** A moment as date fields send it, in UTC; empty for none. */
const momentField = z
  .string()
  .regex(/^(\d{4}-\d\d-\d\d(T\d\d:\d\d)?)?$/, "core.invalid")
  .default("")
  .transform((text, context) => {
    const at = text === "" ? null : new Date(text.includes("T") ? `${text}Z` : `${text}T00:00Z`);
    if (at && Number.isNaN(at.getTime())) context.addIssue({ code: "custom", message: "core.invalid" });
    return at;
  })
  .refine((at) => at === null || (at.getTime() > Date.now() && at.getTime() < Date.now() + 20 * 31_556_952_000), "forums.mustBeInFuture");

export const reactInput = z.union([
  z.object({ on: z.enum(reactionKind.enumValues), off: z.undefined().optional() }),
  z.object({ off: z.enum(reactionKind.enumValues), on: z.undefined().optional() }),
]);

export const onInput = z.object({ on: yesField });
export const emptyInput = z.object({});
/** A post, or none for its whole topic; and a version of it, or none for all that it says and said. */
export const purgeParams = z.object({ topicId: idParam, postNumber: idParam.optional(), version: idParam.optional() });
export const purgeInput = z.object({ reason: z.string().trim().min(1, "forums.sayWhy").max(300, "core.tooLong") });
export const reasonInput = z.object({ reason: reasonField });
export const pinInput = z.object({ scope: z.enum(pinScope.enumValues), until: momentField });
export const autoCloseInput = z.object({ at: momentField, reason: reasonField });
export const ideaStatusInput = z.object({ status: z.enum(ideaStatus.enumValues), reason: reasonField });

export const editPostInput = z.object({ body: richTextField, knowsReaders, reason: reasonField, stamp: z.string().max(100), draftId: idParam.optional().catch(undefined) });
export const restoreRevisionInput = z.object({ revision: idParam, knowsReaders, stamp: z.string().max(100) });

export const editTopicInput = z.object({
  title: z.string().trim().min(1, "core.required").max(200),
  kind: z.enum(topicKind.enumValues),
  tags: tagsField.default([]),
  categoryId: idParam,
  knowsReaders,
  reason: reasonField,
});
