import { and, count, desc, eq, not, sql } from "drizzle-orm";
import { z } from "zod";
import { NotFoundError, TooLargeError } from "./errors.ts";
import { withoutErasedQuotes } from "./quotes.ts";
import { BLANK, documentToMarkdown, markdownToDocument, parseRichText } from "./rich-text.ts";
import type { Member } from "./viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { drafts } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";

/**
 * What a draft is for: `topic`, `reply:12` (a topic), `edit:34` (a post), `article-edit:5`, `article-new:6` (a blog),
 * `page-edit:5`, `page-new:6` (a wiki), `page-of:7` (a page made of a post), `article-talk:5` and `page-talk:6` (a comment on one).
 */
export const draftKey = z.string().regex(/^(topic|(reply|edit|(article|page)-(edit|new|talk)|page-of):[1-9]\d{0,14})$/);

export const saveDraftInput = z.object({
  /** The draft the browser has been saving to; none at its first save. */
  id: z.int().positive().optional(),
  /** The version it last saw of that draft; 0 at its first save. */
  version: z.int().min(0),
  title: z.string().max(300).default(""),
  /** As the form field holds it: a document as JSON, or Markdown. */
  /** More than the longest text that may be posted. */
  body: z.string().max(300_000),
  fields: z.record(z.string().max(40), z.string().max(500)).default({}).refine((fields) => Object.keys(fields).length <= 20),
});
export type SaveDraftInput = z.infer<typeof saveDraftInput>;

/** A draft as a form takes it up again. `body` is what its field held, letter for letter. */
export type Draft = { id: number; key: string; version: number; title: string; body: string; fields: Record<string, string>; isConflict: boolean; updatedAt: Date };

const MAX_DRAFTS = 500;
/** Beside the form's own fields: text that is no document. */
const MARKDOWN = "markdown";

/** The draft a form begins with: the one chosen, else the current one; and the others for the same place, newest first. */
export async function readDraft(member: Member, key: string, chosenId?: number): Promise<{ current: Draft | null; conflicts: Draft[] }> {
  const rows = await draftsFor(db, { memberId: member.id, key });
  const all = rows.map(asDraft);
  const current = all.find(({ id }) => id === chosenId) ?? all.find(({ isConflict }) => !isConflict) ?? null;
  return { current, conflicts: all.filter((draft) => draft !== current) };
}

const draftsFor = prepared(() =>
  db
    .select()
    .from(drafts)
    .where(and(eq(drafts.memberId, sql.placeholder("memberId")), eq(drafts.key, sql.placeholder("key"))))
    .orderBy(desc(drafts.updatedAt), desc(drafts.id)),
);

/** What a form begins with, unless it is to begin `fresh`, and the other texts for the same place that it offers. */
export async function readDraftForForm(member: Member, key: string, { chosenId, fresh }: { chosenId?: number; fresh: boolean }): Promise<{ draft: Draft | null; others: { id: number; updatedAt: Date }[] }> {
  const { current, conflicts } = await readDraft(member, key, chosenId);
  const draft = fresh ? null : current;
  const others = [...(current && !draft ? [current] : []), ...conflicts];
  return { draft, others: others.map(({ id, updatedAt }) => ({ id, updatedAt })) };
}

/** One of a member's drafts by its id. @throws NotFoundError when they have none such */
export async function accessDraft(on: Executor, member: Member, id: number): Promise<Draft> {
  const [row] = await on.select().from(drafts).where(and(eq(drafts.id, id), eq(drafts.memberId, member.id)));
  if (!row) throw new NotFoundError("draft");
  return asDraft(row);
}

/** All of a member's drafts, the newest first. */
export async function listDrafts(on: Executor, member: Member): Promise<Draft[]> {
  const rows = await on.select().from(drafts).where(eq(drafts.memberId, member.id)).orderBy(desc(drafts.updatedAt), desc(drafts.id)).limit(MAX_DRAFTS);
  return rows.map(asDraft);
}

/**
 * Keeps a text. A browser that saves over a version it has not seen does not overwrite it: its text becomes a second
 * draft, to which it saves from then on. The answer says which draft and version the browser now has.
 */
export function saveDraft(member: Member, key: string, { id, version, ...text }: SaveDraftInput): Promise<{ id: number; version: number; isConflict: boolean }> {
  const answer = { id: drafts.id, version: drafts.version, isConflict: drafts.isConflict };
  return db.transaction(async (tx) => {
    const values = { title: text.title, ...(await withoutErased(tx, bodyOf(text.body, text.fields))), updatedAt: sql`now()` };
    if (id) {
      const [saved] = await tx
        .update(drafts)
        .set({ ...values, version: sql`${drafts.version} + 1` })
        .where(and(eq(drafts.id, id), eq(drafts.memberId, member.id), eq(drafts.key, key), eq(drafts.version, version)))
        .returning(answer);
      if (saved) return saved;
    }
    const [{ held } = { held: 0 }] = await tx.select({ held: count() }).from(drafts).where(eq(drafts.memberId, member.id));
    if (held >= MAX_DRAFTS) throw new TooLargeError("core.tooManyDrafts");
    const row = { memberId: member.id, key, ...values };
    const [first] = await tx.insert(drafts).values(row).onConflictDoNothing().returning(answer);
    if (first) return first;
    const [second] = await tx.insert(drafts).values({ ...row, isConflict: true }).returning(answer);
    return second!;
  });
}

/**
 * Forgets what has been posted, in the transaction that posts it: the draft the form came from, or the current one of
 * its key. A copy that had lost a race against it is another text: it stays, and takes its place.
 */
export async function discardDraft(tx: Tx, member: Pick<Member, "id">, key: string, draftId?: number): Promise<void> {
  const which = draftId ? eq(drafts.id, draftId) : not(drafts.isConflict);
  await tx.delete(drafts).where(and(eq(drafts.memberId, member.id), eq(drafts.key, key), which));
  await promoteConflict(tx, member.id, key);
}

/** Throws one draft away. @throws NotFoundError when it is not theirs */
export function discardOneDraft(member: Member, id: number): Promise<void> {
  return db.transaction(async (tx) => {
    const [gone] = await tx.delete(drafts).where(and(eq(drafts.id, id), eq(drafts.memberId, member.id))).returning();
    if (!gone) throw new NotFoundError("draft");
    await promoteConflict(tx, member.id, gone.key);
  });
}

async function promoteConflict(tx: Tx, memberId: number, key: string): Promise<void> {
  await tx.execute(sql`update drafts set is_conflict = false where id = (
      select id from drafts where member_id = ${memberId} and key = ${key} order by updated_at desc limit 1)
    and not exists (select from drafts where member_id = ${memberId} and key = ${key} and not is_conflict)`);
}

function bodyOf(text: string, fields: Record<string, string>): { body: RichText; fields: Record<string, string> } {
  const { [MARKDOWN]: _, ...others } = fields;
  try {
    return { body: parseRichText(JSON.parse(text)), fields: others };
  } catch {
    // Half-typed or beyond what may be posted: a draft keeps it all the same.
    return { body: BLANK, fields: { ...others, [MARKDOWN]: text } };
  }
}

/** A page that was open when a post was erased still has its words, and saves them again: they are not kept. */
async function withoutErased(tx: Tx, kept: ReturnType<typeof bodyOf>): Promise<ReturnType<typeof bodyOf>> {
  const { [MARKDOWN]: markdown, ...others } = kept.fields;
  if (!markdown?.includes("](/t/-/")) return { ...kept, body: await withoutErasedQuotes(tx, kept.body) };
  const typed = markdownToDocument(markdown);
  const body = await withoutErasedQuotes(tx, typed);
  return body === typed ? kept : { ...kept, fields: { ...others, [MARKDOWN]: documentToMarkdown(body) } };
}

function asDraft({ id, key, version, title, body, fields: all, isConflict, updatedAt }: typeof drafts.$inferSelect): Draft {
  const { [MARKDOWN]: markdown, ...fields } = all;
  return { id, key, version, title, body: markdown ?? JSON.stringify(body), fields, isConflict, updatedAt };
}
