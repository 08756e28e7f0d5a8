import { z } from "zod";
import { idParam } from "#app/core/ids.ts";
import { lifecycleStage, themeState } from "#db/schema/insights.ts";
import { intents, sentiments, urgencies } from "./mining/kinds.ts";

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** The filters of a list of themes out of an address; what is no filter is left out. */
export const themeFilter = z.object({
  division: optional(idParam),
  area: optional(idParam),
  intent: optional(z.enum(intents)),
  segment: optional(z.string().min(1).max(80)),
  account: optional(idParam),
  period: optional(z.enum(["7", "30", "90", "365"]).transform(Number)),
  state: optional(z.enum(themeState.enumValues)),
  owner: optional(z.enum(["me", "nobody"])),
  sort: z.enum(["score", "new", "last", "people"]).catch("score"),
  view: z.enum(["list", "board"]).catch("list"),
});
export type ThemeFilter = z.infer<typeof themeFilter>;

export const themeCursor = z.object({ key: z.string().regex(/^[0-9T:.+\- e]{1,40}$/), id: idParam });

const line = (maximum: number) => z.string().trim().max(maximum, "core.tooLong").regex(/^[^\p{Cc}]*$/u, "core.invalid");
const reason = z.string().trim().max(1000, "core.tooLong").default("");
const optionalId = z.union([z.literal("").transform(() => null), idParam]).optional().transform((id) => id ?? null);
const checked = z.literal("on").optional().transform((value) => value === "on");
const day = z.union([z.literal("").transform(() => null), z.string().regex(/^20\d\d-\d\d-\d\d$/, "core.invalid").refine((text) => !Number.isNaN(Date.parse(text)), "core.invalid")]).optional().transform((value) => value ?? null);
const address = z.union([z.literal("").transform(() => null), z.url({ protocol: /^https?$/, error: "insights.notAnAddress" }).max(500, "core.tooLong")]).optional().transform((value) => value ?? null);
const idList = z.preprocess((sent) => (typeof sent === "string" ? [sent] : sent), z.array(idParam).min(1, "insights.chooseStatements").max(500));

export const decideInput = z.object({
  intent: z.literal("decide"), state: z.enum(themeState.enumValues), reason, tell: checked,
}).refine(({ state, reason: why }) => state !== "declined" || why !== "", { path: ["reason"], message: "insights.declinedNeedsReason" });

/** The forms of a theme's page. */
export const themePageInput = z.discriminatedUnion("intent", [
  decideInput,
  z.object({ intent: z.literal("plan"), ownerId: optionalId, dueOn: day, trackerUrl: address }),
  z.object({ intent: z.literal("rename"), title: line(160) }),
  z.object({ intent: z.literal("follow") }),
  z.object({ intent: z.literal("unfollow") }),
  z.object({ intent: z.literal("merge"), into: z.string().trim().regex(/^(?:.*\/)?[1-9]\d{0,14}$/, "insights.noSuchTheme").transform((text) => Number(/(\d+)$/.exec(text)![1])) }),
  z.object({ intent: z.literal("unmerge"), mergeId: idParam }),
  z.object({ intent: z.literal("split"), statements: idList, title: line(160).default("") }),
]);
export type ThemePageInput = z.infer<typeof themePageInput>;

export const themeParams = z.object({ themeId: idParam });

/** What people may say of a statement. */
export const judgeInput = z.object({
  statementId: idParam,
  to: z.enum(intents).optional(),
  sentiment: z.enum(sentiments).optional(),
  urgency: z.enum(urgencies).optional(),
  areaId: z.union([z.literal("none").transform(() => null), z.literal("").transform(() => undefined), idParam]).optional(),
  themeId: z.union([z.literal("none").transform(() => null), z.literal("").transform(() => undefined), idParam]).optional(),
  next: z.string().max(600).optional(),
});
export type JudgeInput = z.infer<typeof judgeInput>;

/** The form of the page of accuracy. */
export const accuracyInput = z.object({ intent: z.literal("go-back"), learnedId: idParam });

export const captureInput = z.object({
  quote: z.string().max(4000, "core.tooLong").transform((text) => text.replace(/\r\n/g, "\n").trim()).pipe(z.string().min(1, "core.required")),
  themeId: z.union([z.literal("").transform(() => null), idParam]).optional().transform((id) => id ?? null),
  title: line(160).default(""),
  kind: z.enum(intents).default("feature"),
  importance: z.enum(["0", "1", "2", "3"]).default("1").transform(Number),
  sure: z.literal("yes").optional(),
});
export type CaptureInput = z.infer<typeof captureInput>;

const names = z.string().max(3000, "core.tooLong").default("").transform((text) => [...new Set(text.split(/[,\n]/).map((part) => part.trim().replace(/\s+/g, " ")).filter(Boolean))]).pipe(z.array(z.string().max(80, "core.tooLong")).max(60, "insights.tooManyNames"));

export const areaInput = z.object({
  name: line(80).min(1, "core.required"), description: z.string().trim().max(600, "core.tooLong").default(""), parentId: optionalId, divisionId: optionalId,
  synonyms: names, versions: names, stage: z.enum(lifecycleStage.enumValues).default("active"),
});
export type AreaInput = z.infer<typeof areaInput>;

export const glossaryPageInput = z.discriminatedUnion("intent", [
  areaInput.extend({ intent: z.literal("create"), step: z.enum(["preview", "save"]).default("save") }),
  areaInput.extend({ intent: z.literal("edit"), areaId: idParam, step: z.enum(["preview", "save"]).default("save") }),
  z.object({ intent: z.literal("archive"), areaId: idParam }),
]);

export const savedViewInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), name: line(60).min(1, "core.required"), query: z.string().max(400) }),
  z.object({ intent: z.literal("delete"), viewId: idParam }),
]);

export const accountPageInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("create"), name: line(120).min(1, "core.required"), segment: line(80).default(""), value: z.coerce.number().min(0).max(1e12).default(0), externalKey: line(120).default("") }),
  z.object({ intent: z.literal("edit"), accountId: idParam, name: line(120).min(1, "core.required"), segment: line(80).default(""), value: z.coerce.number().min(0).max(1e12).default(0), externalKey: line(120).default("") }),
  z.object({ intent: z.literal("delete"), accountId: idParam }),
  z.object({ intent: z.literal("join"), accountId: idParam, username: line(60).min(1, "core.required") }),
  z.object({ intent: z.literal("leave"), memberId: idParam }),
]);

const days = z.coerce.number().int("core.invalid").min(1, "core.invalid").max(3650, "core.invalid");
/** How fast each kind of theme grows old, in days, in fields named `days-bug`. */
export const weightsInput = z.object({
  valueUnit: z.coerce.number().min(1, "core.invalid").max(1e12, "core.invalid"),
  "days-churn": days, "days-bug": days, "days-feature": days, "days-competitor": days, "days-purchase": days, "days-docs_gap": days, "days-complaint": days, "days-praise": days, "days-question": days, "days-other": days,
});
