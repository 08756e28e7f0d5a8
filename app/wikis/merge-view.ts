import { and, eq, gt } from "drizzle-orm";
import { diffDocuments, aroundChanges, type DocumentBlock } from "#app/core/document-diff.ts";
import { InvalidInputError } from "#app/core/errors.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { pageRevisions } from "#db/schema/wikis.ts";
import type { EditPageInput } from "./inputs.ts";
import { mergeLine, mergeTexts, type MergePiece } from "./merge-page.ts";
import { readLatest, type AccessedPage } from "./pages.ts";

/** What the merge view shows: both changes of a page, put together as far as that goes without asking. */
export type MergeView = {
  pieces: MergePiece[];
  conflicts: number;
  title: { mine: string; theirs: string; isConflict: boolean };
  /** The newest revision: what is saved from here is based on it. */
  base: number;
  /** Who saved meanwhile. */
  by: string[];
  /** Where nothing is in the way of the other: what saving would change of the newest revision. */
  changes: (DocumentBlock | null)[] | null;
  kept: Pick<EditPageInput, "reason" | "isMinor" | "intent" | "draftId">;
};

/** For a save that came too late. @throws InvalidInputError for a base the page never had */
export async function readMergeView(on: Executor, page: AccessedPage, { base, title, body, ...kept }: Pick<EditPageInput, "base" | "title" | "body" | "reason" | "isMinor" | "intent" | "draftId">): Promise<MergeView> {
  const [[old], latest, since] = await Promise.all([
    on.select({ title: pageRevisions.title, body: pageRevisions.body }).from(pageRevisions).where(and(eq(pageRevisions.pageId, page.id), eq(pageRevisions.revision, base))),
    readLatest(on, page),
    on.selectDistinct({ name: members.name }).from(pageRevisions).innerJoin(members, eq(members.id, pageRevisions.editorId)).where(and(eq(pageRevisions.pageId, page.id), gt(pageRevisions.revision, base))).limit(5),
  ]);
  if (!old) throw new InvalidInputError("base", "core.invalid");
  const pieces = mergeTexts(old.body, latest.body, body);
  const conflicts = pieces.filter(({ kind }) => kind === "conflict").length;
  const called = mergeLine(old.title, latest.title, title);
  const merged = conflicts === 0 ? pieces.map((piece) => (piece as { text: string }).text).join("") : null;
  return {
    pieces, conflicts, title: { mine: called ?? title, theirs: latest.title, isConflict: called === null }, base: page.revision, by: since.map(({ name }) => name),
    changes: merged === null ? null : aroundChanges(await diffDocuments(latest.body, asDocument(merged))), kept,
  };
}

function asDocument(markdown: string): RichText {
  return markdownToDocument(markdown);
}
