import { z } from "zod";
import { slugField } from "#app/community/inputs.ts";
import { idempotencyField } from "#app/core/idempotency.ts";
import { idParam } from "#app/core/ids.ts";
import { richTextField } from "#app/core/rich-text.ts";

export const wikiParams = z.object({ wiki: z.string().max(60) });

/** `/w/:wiki/:slug-:id`: what stands before the last hyphen is for people. */
export const pageParams = z.object({ wiki: z.string().max(60), page: z.string().max(400).regex(/(?:^|-)[1-9]\d{0,14}$/) }).transform(({ wiki, page }) => {
  const at = page.lastIndexOf("-");
  return { wiki, slug: at < 0 ? "" : page.slice(0, at), pageId: Number(page.slice(at + 1)) };
});

const line = (maximum: number) => z.string().trim().max(maximum, "core.tooLong").regex(/^[^\p{Cc}]*$/u, "core.invalid");
export const titleField = line(200).min(1, "core.required");
const reasonField = line(300).default("");
const yesField = z.enum(["1", "on", ""]).default("").transform((value) => value !== "");
const optionalId = z.union([z.literal("").transform(() => null), idParam]).optional().transform((id) => id ?? null);
const revisionField = z.string().regex(/^\d{1,9}$/).transform(Number);

/** What becomes of what is saved: readers see it, it stays a draft, or a reviewer is asked. */
const intentField = z.enum(["publish", "draft", "review"]).default("publish");

export const newPageInput = z.object({
  title: titleField, body: richTextField, parentId: optionalId, isTemplate: yesField, intent: intentField,
  /** Told that what it quotes, or is made from, is read by more people here. */
  knowsReaders: yesField,
  /** The page whose text it began with: its pictures may stand here too. */
  fromId: optionalId, draftId: idParam.optional().catch(undefined), key: idempotencyField,
});
export type NewPageInput = Omit<z.infer<typeof newPageInput>, "knowsReaders"> & { knowsReaders?: boolean };

/** Of a page made from what was said: the topic or the post of it. */
export const promoteInput = newPageInput.extend({ topicId: idParam, postNumber: optionalId });

export const editPageInput = z.object({
  title: titleField, body: richTextField, reason: reasonField, isMinor: yesField, intent: intentField, knowsReaders: yesField,
  /** The revision its editor began from: nothing newer is written over. */
  base: revisionField, draftId: idParam.optional().catch(undefined),
});
export type EditPageInput = Omit<z.infer<typeof editPageInput>, "knowsReaders"> & { knowsReaders?: boolean };

/** What a merge view sends: the pieces in order, of which those both changed come with a choice. */
export const mergedInput = z.looseObject({ title: titleField, reason: reasonField, isMinor: yesField, intent: intentField, base: revisionField, step: z.enum(["save", "edit"]).default("save"), draftId: idParam.optional().catch(undefined) });

export const revisionInput = z.object({ revision: revisionField, base: revisionField, knowsReaders: yesField });
export const hideRevisionInput = z.object({ revision: revisionField, hide: yesField });
export const shiftInput = z.object({ direction: z.enum(["up", "down", "in", "out"]), knowsReaders: yesField, next: z.enum(["arrange", "page"]).default("page") });
export const placeInput = z.object({
  parentId: optionalId,
  /** The page it shall stand before; the last place when there is none. */
  beforeId: optionalId,
  /** Told that what it quotes is read by more people there. */
  knowsReaders: yesField,
  next: z.enum(["arrange", "page"]).default("page"),
});
export const removeInput = z.object({ reason: reasonField, children: z.enum(["refuse", "take"]).default("refuse") });
export const followPageInput = z.object({ level: z.enum(["none", "page", "subtree"]) });
export const reviewInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("approve"), revision: revisionField }),
  z.object({ intent: z.literal("send-back"), revision: revisionField, note: z.string().trim().min(1, "wikis.sayWhy").max(1000, "core.tooLong") }),
]);

/** For how many days an owner can vouch. */
export const vouchDays = [30, 90, 180, 365] as const;
const daysField = z.coerce.number().refine((days) => (vouchDays as readonly number[]).includes(days), "core.invalid");
export const verifyInput = z.object({ days: daysField.default(180) });
export const managePageInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("owner"), owner: line(60) }),
  z.object({ intent: z.literal("verify"), days: z.union([z.literal("").transform(() => null), daysField]) }),
  z.object({ intent: z.literal("template"), isTemplate: yesField }),
  z.object({ intent: z.literal("own-rights") }),
  z.object({ intent: z.literal("inherit-rights"), knowsReaders: yesField }),
]);

export const wikiInput = z.object({ name: line(60).min(1, "core.required"), slug: slugField, description: z.string().trim().max(500, "core.tooLong").default(""), needsReview: yesField });
export type WikiInput = z.infer<typeof wikiInput>;
export const newWikiInput = wikiInput.extend({ divisionId: idParam, editors: z.enum(["members", "staff"]).default("members") });

export const wikiIdParams = z.object({ wikiId: idParam });
export const emptyInput = z.looseObject({});
