import { and, asc, eq, inArray, isNull, or } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { translate } from "#app/core/messages.ts";
import { filesIn } from "#app/core/rich-text.ts";
import { pathInTalk, talkHome } from "#app/core/talk-home.ts";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { listWider, visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor, Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { files, postFiles } from "#db/schema/files.ts";
import { posts, topics } from "#db/schema/forums.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { pageFiles, pageSources } from "#db/schema/wikis.ts";

// A page made from what was said keeps who said it, and the talk keeps where it went (app/forums/made-of.ts). Neither
// changes the other afterwards.

/** A post, or a topic as a whole (`postNumber` null), as addresses name them. */
export type SourceRef = { topicId: number; postNumber: number | null };

/** What was said: the post asked for; of a topic as a whole the opening, then the answer that was accepted. */
export type Source = SourceRef & {
  title: string;
  path: string;
  categoryId: number;
  /** Under which a text that was not saved is kept. */
  draftKey: string;
  said: { postId: number; number: number; body: RichText; author: { id: number; username: string; name: string } }[];
};

/**
 * What a page is to be made from. The opening post stands for its topic; one that only says that it is the talk of an
 * article or a page is no source.
 *
 * @throws NotFoundError when there is none, or it is hidden from them, or was removed
 */
export async function accessSource(on: Executor, viewer: Viewer, { topicId, postNumber }: SourceRef): Promise<Source> {
  const isWhole = postNumber === null || postNumber === 1;
  const accepted = and(eq(topics.kind, "question"), eq(posts.id, topics.acceptedPostId));
  const rows = await on
    .select({
      postId: posts.id, number: posts.number, body: posts.body, author: { id: members.id, username: members.username, name: members.name },
      topic: { id: topics.id, slug: topics.slug, title: topics.title, categoryId: topics.categoryId, home: talkHome },
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(and(eq(posts.topicId, topicId), inArray(topics.categoryId, visibleCategoryIds(viewer)), isNull(topics.removedAt), isNull(posts.removedAt), isWhole ? or(eq(posts.number, 1), accepted) : eq(posts.number, postNumber)))
    .orderBy(asc(posts.number));
  const [first] = rows;
  if (!first || (isWhole && (first.number !== 1 || first.topic.home))) throw new NotFoundError("source");
  const { home, categoryId, title, ...address } = first.topic;
  return { topicId, postNumber: isWhole ? null : postNumber, title, categoryId, path: pathInTalk(address, home, isWhole ? null : postNumber), draftKey: `page-of:${first.postId}`, said: rows.map(({ postId, number, body, author }) => ({ postId, number, body, author })) };
}

/** Their words as a text to begin a page with. Quotes of other posts become plain ones: a page does not lead into the talk by every sentence. */
export function sourceText({ locale }: Pick<Member, "locale">, { said }: Source): RichText {
  const bodies = said.map(({ body }) => (body.content ?? []).map(withPlainQuotes));
  if (bodies.length === 1) return { type: "doc", content: bodies[0] };
  const heading = (words: string): RichTextNode => ({ type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: words }] });
  const [question, ...answers] = bodies;
  return { type: "doc", content: [heading(translate(locale, "wikis.theQuestion")), ...question!, heading(translate(locale, "wikis.theAnswer")), ...answers.flat()] };
}

function withPlainQuotes(node: RichTextNode): RichTextNode {
  const content = node.content?.map(withPlainQuotes);
  if (node.type === "postQuote") return { type: "blockquote", content };
  return content ? { ...node, content } : node;
}

/** Credits a new page to what it was made from, and holds the pictures that stood there for it, be it published or still a draft. */
export async function creditSource(tx: Tx, promoter: Member, page: { id: number; body: RichText }, { topicId, postNumber, said }: Source): Promise<void> {
  // The opening stands for its topic; an answer taken along is credited for itself.
  const postIds = said.map(({ postId, number }) => (postNumber === null && number === 1 ? null : postId));
  await tx.insert(pageSources).values(postIds.map((postId) => ({ pageId: page.id, topicId, postId, promotedById: promoter.id })));
  const keys = filesIn(page.body);
  if (keys.length === 0) return;
  const shown = await tx.selectDistinct({ id: files.id }).from(files).innerJoin(postFiles, eq(postFiles.fileId, files.id)).where(and(inArray(files.storageKey, keys), inArray(postFiles.postId, said.map(({ postId }) => postId))));
  if (shown.length > 0) await tx.insert(pageFiles).values(shown.map(({ id: fileId }) => ({ pageId: page.id, fileId }))).onConflictDoNothing();
}

/** The files of the posts a page was made from: it may show them again after an edit that left them out. */
export function filesOfSources(on: Executor, pageId: number) {
  return on
    .select({ id: postFiles.fileId })
    .from(pageSources)
    .innerJoin(posts, and(eq(posts.topicId, pageSources.topicId), or(eq(posts.id, pageSources.postId), and(isNull(pageSources.postId), eq(posts.number, 1)))))
    .innerJoin(postFiles, eq(postFiles.postId, posts.id))
    .where(and(eq(pageSources.pageId, pageId), isNull(posts.removedAt)));
}

/** Which of some places are read by more people than those who may read the source. */
export function listWiderThan(on: Executor, source: Source, categoryIds: number[]): Promise<Set<number>> {
  return listWider(on, [...new Set(categoryIds)], source.categoryId);
}

/** A topic or post, with everyone whose words of it were taken along. `path` is null for what came in from another community. */
export type Credit = { title: string; path: string | null; authors: { name: string; username: string | null }[] };

/** Each thing a page was made from, the first first: of what this viewer may not see, or was removed, `number` is null. */
export function listSourceRows(on: Executor, viewer: Viewer, pageId: number) {
  return on
    .select({
      topicId: topics.id, slug: topics.slug, topicTitle: topics.title, home: talkHome, postId: pageSources.postId, number: posts.number,
      name: members.name, username: members.username, title: pageSources.title, authors: pageSources.authors,
    })
    .from(pageSources)
    .leftJoin(topics, and(eq(topics.id, pageSources.topicId), inArray(topics.categoryId, visibleCategoryIds(viewer)), isNull(topics.removedAt)))
    .leftJoin(posts, and(eq(posts.topicId, topics.id), isNull(posts.removedAt), or(eq(posts.id, pageSources.postId), and(isNull(pageSources.postId), eq(posts.number, 1)))))
    .leftJoin(members, eq(members.id, posts.authorId))
    .where(eq(pageSources.pageId, pageId))
    .orderBy(asc(pageSources.id))
    .limit(50);
}

/** What a page was made from, as far as the viewer may still see it. */
export async function listSources(on: Executor, viewer: Viewer, pageId: number): Promise<Credit[]> {
  const whole = new Map<number, Credit>();
  return (await listSourceRows(on, viewer, pageId)).flatMap((row): Credit[] => {
    if (row.title !== null) return [{ title: row.title, path: null, authors: (row.authors ?? []).map((name) => ({ name, username: null })) }];
    if (row.topicId === null || row.number === null) return [];
    const author = { name: row.name!, username: row.username };
    const beside = whole.get(row.topicId);
    if (beside) {
      if (!beside.authors.some(({ username }) => username === author.username)) beside.authors.push(author);
      return [];
    }
    const credit = { title: row.topicTitle!, path: pathInTalk({ id: row.topicId, slug: row.slug! }, row.home, row.postId === null ? null : row.number), authors: [author] };
    if (row.postId === null) whole.set(row.topicId, credit);
    return [credit];
  });
}
