import { z } from "zod";
import { idParam } from "#app/core/ids.ts";
import { iconNames } from "#app/ui/icon-names.ts";
import { speakerLabel } from "#db/schema/accounts.ts";
import { groupJoining, rightsLevel, roleName, type MenuEntry } from "#db/schema/community.ts";
import { topicKind } from "#db/schema/topic-kind.ts";

const MAX_MENU_ENTRIES = 12;

/** Words that addresses of our own, or machines, use where a slug would stand. */
const reserved = new Set(["new", "edit", "admin", "api", "all", "none", "settings", "search", "latest", "top", "unread", "rss", "json", "feed"]);

const line = (maximum: number) => z.string().trim().max(maximum).regex(/^[^\p{Cc}]*$/u, "core.invalid");
const required = (maximum: number) => line(maximum).min(1, "core.required");
const optionalId = z.union([z.literal("").transform(() => null), idParam]).optional().transform((id) => id ?? null);
const checked = z.literal("on").optional().transform((value) => value === "on");

export const slugField = z
  .string()
  .trim()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "community.slugLetters")
  .refine((slug) => !reserved.has(slug) && !/^\d+$/.test(slug), "community.slugReserved");

export const colourField = z.string().trim().regex(/^#[0-9a-f]{6}$/i, "community.colourForm").transform((hex) => hex.toLowerCase());

/** `Label | /where`, one entry on a line. */
const menuField = z.string().max(3000).transform((text, context): MenuEntry[] => {
  const entries = text.split(/\r?\n/).map((each) => each.trim()).filter(Boolean).map(menuEntryOf);
  if (entries.some((entry) => entry === null)) context.addIssue({ code: "custom", message: "community.menuForm" });
  if (entries.length > MAX_MENU_ENTRIES) context.addIssue({ code: "custom", message: "community.menuTooLong" });
  return entries.filter((entry) => entry !== null);
});

function menuEntryOf(text: string): MenuEntry | null {
  const bar = text.lastIndexOf("|");
  const [label, href] = [text.slice(0, bar).trim(), text.slice(bar + 1).trim()];
  const leads = /^\/(?![/\\])[^\s\\]*$/.test(href) || (href.startsWith("https://") && URL.canParse(href));
  return bar > 0 && label && label.length <= 40 && href.length <= 300 && leads ? { label, href } : null;
}

export const divisionInput = z.object({
  name: required(60), slug: slugField, tagline: line(140).default(""), description: z.string().trim().max(2000).default(""),
  accent: colourField, menu: menuField.default([]),
});
export type DivisionInput = z.infer<typeof divisionInput>;

export const categoryInput = z.object({
  name: required(60),
  slug: slugField,
  description: z.string().trim().max(500).default(""),
  colour: z.union([z.literal(""), colourField]).optional().transform((colour) => colour || null),
  icon: z.enum(iconNames).default("message-circle"),
  defaultKind: z.enum(topicKind.enumValues).default("discussion"),
  allowedKinds: z.preprocess((sent) => (typeof sent === "string" ? [sent] : sent), z.array(z.enum(topicKind.enumValues)).min(1, "community.oneKind").max(10)),
  readForFeedback: checked,
}).refine(({ allowedKinds, defaultKind }) => allowedKinds.includes(defaultKind), { path: ["defaultKind"], message: "community.kindNotAllowed" });
export type CategoryInput = z.infer<typeof categoryInput>;

export const newCategoryInput = categoryInput.safeExtend({ parentId: optionalId });

export const directionInput = z.object({ direction: z.enum(["up", "down"]) });

/** Where a branch goes: under a category (`c12`), or to the top of a division (`d3`). */
export const moveTarget = z.string().regex(/^[cd][1-9]\d{0,14}$/).transform((text) => ({ kind: text[0] === "c" ? ("category" as const) : ("division" as const), id: Number(text.slice(1)) }));
export type MoveTarget = z.infer<typeof moveTarget>;
export const moveInput = z.object({ to: moveTarget, seen: z.string().max(64) });

/** `inherits` or a level for each group in fields named `group-12`; a group that is left out gets nothing. */
export const rightsInput = z.looseObject({ intent: z.enum(["preview", "save"]).default("save"), inherits: checked, /** How many texts with private quotes they were told this opens. */ opens: z.coerce.number().int().min(0).catch(0) }).transform((fields, context) => {
  const levels = new Map<number, (typeof rightsLevel.enumValues)[number]>();
  for (const [name, value] of Object.entries(fields)) {
    const groupId = /^group-([1-9]\d{0,14})$/.exec(name)?.[1];
    if (!groupId || value === "") continue;
    const level = z.enum(rightsLevel.enumValues).safeParse(value);
    if (level.success) levels.set(Number(groupId), level.data);
    else context.addIssue({ code: "custom", path: ["rights"], message: "core.invalid" });
  }
  return { intent: fields.intent, inherits: fields.inherits, opens: fields.opens, levels };
});
export type RightsInput = z.infer<typeof rightsInput>;

const groupFields = { name: required(60), description: z.string().trim().max(500).default(""), joining: z.enum(groupJoining.enumValues).default("closed"), isListed: checked };
const isFindable = ({ joining, isListed }: { joining: string; isListed: boolean }) => joining === "closed" || isListed;
const unfindable = { path: ["joining"], message: "community.joinableIsListed" };
export const groupInput = z.object(groupFields).refine(isFindable, unfindable);
export type GroupInput = z.infer<typeof groupInput>;

const usernameField = required(60);
/** Why, in a sentence or two. */
const reasonField = z.string().trim().max(500);

export const groupPageInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add"), username: usernameField }),
  z.object({ intent: z.literal("remove"), memberId: idParam }),
  z.object({ intent: z.literal("make-owner"), memberId: idParam }),
  z.object({ intent: z.literal("unmake-owner"), memberId: idParam }),
  z.object({ intent: z.literal("join") }),
  z.object({ intent: z.literal("ask"), message: z.string().trim().max(1000).default("") }),
  z.object({ intent: z.literal("withdraw") }),
  z.object({ intent: z.literal("leave") }),
]);

export const groupRequestsInput = z.object({ intent: z.enum(["approve", "decline"]), requestId: idParam, reason: reasonField.default("") });

export const groupBansInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("ban"), username: usernameField, reason: reasonField.min(1, "core.required") }),
  z.object({ intent: z.literal("lift"), memberId: idParam }),
]);

export const groupSettingsInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("edit"), ...groupFields }).refine(isFindable, unfindable),
  z.object({ intent: z.literal("add-rule"), domain: required(253) }),
  z.object({ intent: z.literal("end-rule"), ruleId: idParam }),
  z.object({ intent: z.literal("delete") }),
]);

/** Where a list of people goes on. What makes no sense begins it anew. */
const positionField = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[1-9]\d{0,14}$/).transform((text) => ({ at: text.split("_")[0]!, id: Number(text.split("_")[1]) })).optional().catch(undefined);
export const peopleQuery = z.object({ q: z.string().trim().max(60).optional().catch(undefined), after: positionField });
export const requestsQuery = z.object({ after: idParam.optional().catch(undefined) });
export const groupsQuery = z.object({ after: z.string().max(100).optional().catch(undefined) });
export const bansQuery = z.object({ who: z.string().max(60).optional().catch(undefined), after: positionField });

const roleFields = { role: z.enum(roleName.enumValues), divisionId: optionalId };
export const memberPageInput = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("grant"), ...roleFields }),
  z.object({ intent: z.literal("revoke"), ...roleFields }),
  z.object({ intent: z.literal("label"), label: z.union([z.literal("").transform(() => null), z.enum(speakerLabel.enumValues)]), title: line(80).default("") }),
  z.object({ intent: z.literal("suspend"), days: z.coerce.number().int().min(1).max(3650), reason: required(300) }),
  z.object({ intent: z.literal("unsuspend") }),
]);

export const profileFieldInput = z.object({ name: required(60), hint: line(160).default(""), staffOnly: checked });
export const profileFieldsPageInput = z.discriminatedUnion("intent", [
  profileFieldInput.extend({ intent: z.literal("create") }),
  profileFieldInput.extend({ intent: z.literal("edit"), fieldId: idParam }),
  z.object({ intent: z.literal("delete"), fieldId: idParam }),
  z.object({ intent: z.literal("up"), fieldId: idParam }),
  z.object({ intent: z.literal("down"), fieldId: idParam }),
]);

export const siteInput = z.object({ name: required(60), tagline: line(140).default(""), welcome: z.string().trim().max(2000).default("") });

export const nothing = z.looseObject({});
export const divisionParams = z.object({ division: z.string().max(60) });
export const divisionIdParams = z.object({ divisionId: idParam });
export const categoryIdParams = z.object({ categoryId: idParam });
export const groupIdParams = z.object({ groupId: idParam });
export const memberIdParams = z.object({ memberId: idParam });
