import { z } from "zod";
import { slugField } from "#app/community/inputs.ts";
import { idempotencyField } from "#app/core/idempotency.ts";
import { idParam } from "#app/core/ids.ts";
import { richTextField } from "#app/core/rich-text.ts";
import { tagsField } from "#app/core/tags.ts";
import { fileKeyPattern } from "#app/ui/rich-text/patterns.ts";
import { blogVoice } from "#db/schema/blogs.ts";
import { localMoment, timeZoneField } from "#app/core/zoned-time.ts";

const line = (maximum: number) => z.string().trim().max(maximum, "core.tooLong").regex(/^[^\p{Cc}]*$/u, "core.invalid");
const checked = z.literal("on").optional().transform((value) => value === "on");

export const blogParams = z.object({ blog: z.string().max(60) });

/** `some-words-12`: the number decides. */
export const articleParams = blogParams.extend({
  article: z.string().max(200).transform((text, context) => {
    const [, slug = "", digits = ""] = /^(?:(.*)-)?([1-9]\d{0,14})$/.exec(text) ?? [];
    if (!digits) context.addIssue({ code: "custom", message: "core.invalid" });
    return { slug, id: Number(digits) };
  }),
});
export const previewParams = blogParams.extend({ token: z.string().regex(/^[\w-]{32}$/) });
export const blogIdParams = z.object({ blogId: idParam });

export const blogInput = z.object({
  name: line(60).min(1, "core.required"),
  slug: slugField,
  description: z.string().trim().max(500, "core.tooLong").default(""),
  voice: z.enum(blogVoice.enumValues).default("division"),
  /** Of a person's blog: a username. */
  owner: line(60).default("").transform((name) => name.replace(/^@/, "")),
}).refine(({ voice, owner }) => voice !== "person" || owner !== "", { path: ["owner"], message: "blogs.ownerNeeded" });
export type BlogInput = z.infer<typeof blogInput>;
export const newBlogInput = blogInput.safeExtend({ divisionId: idParam });
export type NewBlogInput = z.infer<typeof newBlogInput>;

export const blogAuthorInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add"), username: line(60).min(1, "core.required").transform((name) => name.replace(/^@/, "")) }),
  z.object({ intent: z.literal("drop"), memberId: idParam }),
]);

/** A whole address elsewhere, or nothing. */
const canonicalField = z.string().trim().max(1000, "core.tooLong").default("").refine((address) => address === "" || (URL.canParse(address) && new URL(address).protocol === "https:" && !new URL(address).username), "blogs.httpsOnly");

const partField = z.union([z.literal("").transform(() => null), z.coerce.number<string>().int("core.invalid").min(1, "core.invalid").max(999, "core.invalid")]).default(null);

export const articleInput = z.object({
  title: line(200).min(1, "core.required"),
  body: richTextField,
  /** Told that what it quotes is read by more people here. */
  knowsReaders: checked,
  /** Empty for the first words. */
  excerpt: z.string().trim().max(400, "core.tooLong").default(""),
  tags: tagsField.default([]),
  series: line(100).default(""),
  part: partField,
  canonicalUrl: canonicalField,
  /** The key of an uploaded picture; empty for none. */
  cover: z.string().regex(new RegExp(`${fileKeyPattern.source}|^$`), "core.invalid").default(""),
  coverAlt: line(300).default(""),
  takesComments: checked,
  draftId: idParam.optional().catch(undefined),
  key: idempotencyField,
}).refine(({ cover, coverAlt }) => cover === "" || coverAlt !== "", { path: ["coverAlt"], message: "blogs.altNeeded" });
export type ArticleInput = Omit<z.infer<typeof articleInput>, "knowsReaders"> & { knowsReaders?: boolean };

/** With the revision the form began with: a save over a newer one is not let through. */
export const editArticleInput = articleInput.safeExtend({ revision: idParam });
export type EditArticleInput = ArticleInput & { revision: number };

export const articleStateInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("publish") }),
  z.object({ intent: z.literal("schedule"), at: localMoment, zone: timeZoneField }),
  z.object({ intent: z.literal("unschedule") }),
  z.object({ intent: z.literal("unpublish") }),
  z.object({ intent: z.literal("remove"), reason: line(300).default("") }),
  z.object({ intent: z.literal("restore") }),
  z.object({ intent: z.literal("make-preview") }),
  z.object({ intent: z.literal("drop-preview") }),
]);

export const followInput = z.object({ on: z.enum(["1", ""]).default("").transform((value) => value === "1") });
export const restoreRevisionInput = z.object({ restore: idParam, revision: idParam, knowsReaders: checked });

/** Where a saved form leads: on to publishing, or to the article. */
export const nextField = z.enum(["publish", "read"]).catch("read");
