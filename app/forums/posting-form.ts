import { and, asc, eq } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { enforce } from "#app/core/policy.ts";
import { markdownToDocument, plainText } from "#app/core/rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { postTemplates, type TagGroupUse } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import { inheritTagRules, readTagRules, writeTagRules } from "./tag-rules.ts";
import { canAdminister } from "#app/community/policy.ts";

export type Template = { kind: TopicKind; hint: string; body: string };
export type PostingInput = { /** The rules for tags are those of what is above. */ inheritsTags?: boolean; minimum: number; uses: Map<number, TagGroupUse>; templates: Template[] };

/** What the form for a new topic of a category asks and begins with, by kind. */
export async function readPostingForm(on: Executor, categoryId: number) {
  const [templates, tagRules] = await Promise.all([
    on.select({ kind: postTemplates.kind, hint: postTemplates.hint, body: postTemplates.body }).from(postTemplates).where(eq(postTemplates.categoryId, categoryId)).orderBy(asc(postTemplates.kind)),
    readTagRules(on, categoryId),
  ]);
  return { categoryId, templates, tagRules };
}

export type PostingForm = Awaited<ReturnType<typeof readPostingForm>>;

/** Whether a text is a template as it stands, that nobody wrote on. */
export async function isUntouchedTemplate(on: Executor, categoryId: number, { kind, body }: { kind: TopicKind; body: RichText }): Promise<boolean> {
  const [template] = await on.select({ body: postTemplates.body }).from(postTemplates).where(and(eq(postTemplates.categoryId, categoryId), eq(postTemplates.kind, kind)));
  const words = (text: RichText) => plainText(text).replace(/\s+/g, " ").trim();
  return Boolean(template?.body) && words(body) === words(markdownToDocument(template!.body));
}

/** Sets it, for admins. A kind with neither words has no template. */
export function setPostingForm(admin: Member, category: { id: number; name: string; parentId: number | null }, { inheritsTags = false, minimum, uses, templates }: PostingInput): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    if (inheritsTags && category.parentId !== null) await inheritTagRules(tx, category.id);
    else await writeTagRules(tx, category.id, { minimum, uses });
    await tx.delete(postTemplates).where(eq(postTemplates.categoryId, category.id));
    const said = templates.filter(({ hint, body }) => hint || body);
    if (said.length > 0) await tx.insert(postTemplates).values(said.map((template) => ({ categoryId: category.id, ...template })));
    await audit(tx, { actorId: admin.id, action: "category.form-set", target: `category:${category.id}`, detail: { name: category.name, ...(inheritsTags ? { inheritsTags } : { minimum }), templates: said.map(({ kind }) => kind).join(", ") } });
  });
}
