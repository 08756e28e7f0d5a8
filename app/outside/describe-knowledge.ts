import type { AppLoadContext } from "@remix-run/node";
import { articlePath, blogPath, pagePath, wikiPath } from "#app/core/knowledge-paths.ts";
import { translate } from "#app/core/messages.ts";
import { speakerName } from "#app/core/speaker.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { topicPath } from "#app/forums/paths.ts";
import type { Found } from "#app/ui/found.tsx";
import type { SpeakerLabel } from "#db/schema/accounts.ts";
import { cardPath } from "./paths.ts";
import { counter, describe, describePlaces, person, TEXT_LENGTH, whole, type Crumb } from "./structured.ts";

type DescribedArticle = {
  id: number; slug: string; title: string; excerpt: string; bodyText?: string; wordCount: number; canonicalUrl: string;
  publishedAt: Date | null; editedAt: Date | null;
  blog: { slug: string; name: string };
  author: { name: string; username: string; label: SpeakerLabel | null };
  /** As a path. */
  cover?: { href: string; alt: string; width: number | null; height: number | null } | null;
  tags: { name: string }[];
  commentCount?: number;
  /** The topic of its comments, when there are any. */
  talk?: { slug: string; id: number } | null;
};

/** What a published article says of itself: its card and address for `found`, and for guests a BlogPosting. */
export function describeArticle(viewer: Viewer, context: AppLoadContext, article: DescribedArticle): Found {
  const { title, excerpt, publishedAt, editedAt, blog, author, cover, canonicalUrl, talk } = article;
  const path = articlePath({ ...article, blog: blog.slug });
  const tags = article.tags.map(({ name }) => name);
  describePlaces(viewer, context, [[blog.name, blogPath(blog.slug)], [title, path]]);
  describe(viewer, context, {
    "@type": "BlogPosting", headline: title.slice(0, 110), description: excerpt || undefined, articleBody: article.bodyText?.slice(0, TEXT_LENGTH), wordCount: article.wordCount,
    url: whole(path), mainEntityOfPage: whole(canonicalUrl || path), image: whole(cover?.href ?? cardPath("article", article.id)), keywords: tags.length > 0 ? tags.join(", ") : undefined,
    datePublished: publishedAt?.toISOString(), dateModified: (editedAt ?? publishedAt)?.toISOString(), author: person(author),
    isPartOf: { "@type": "Blog", name: blog.name, url: whole(blogPath(blog.slug)) },
    interactionStatistic: article.commentCount === undefined ? undefined : counter("CommentAction", article.commentCount),
  });
  return {
    canonical: canonicalUrl || path,
    feeds: [{ path: blogPath(blog.slug), title: blog.name }, ...feedOfTalk(viewer, talk, title)],
    card: { kind: "article", title, description: excerpt, image: cover ?? undefined, drawn: { kind: "article", id: article.id, place: blog.name }, publishedAt, editedAt, author: speakerName(author, viewer.locale), tags },
  };
}

type DescribedPage = {
  id: number; slug: string; title: string;
  /** Its first words. */
  opening: string;
  createdAt: Date; editedAt: Date;
  editor: { name: string; username: string } | null;
  wiki: { slug: string; name: string };
  parents: { id: number; slug: string; title: string }[];
  talk?: { slug: string; id: number } | null;
};

/** The same of a wiki's page: its place in the tree, its card, and for guests an Article. Many write it, so it names who was last and no author. */
export function describePage(viewer: Viewer, context: AppLoadContext, { id, slug, title, opening, createdAt, editedAt, editor, wiki, parents, talk }: DescribedPage): Found {
  const path = pagePath({ wiki: wiki.slug, slug, id });
  const description = firstWords(opening);
  describePlaces(viewer, context, [[wiki.name, wikiPath(wiki.slug)], ...parents.map((parent): Crumb => [parent.title, pagePath({ wiki: wiki.slug, ...parent })]), [title, path]]);
  describe(viewer, context, {
    "@type": "Article", headline: title.slice(0, 110), description: description || undefined, url: whole(path), mainEntityOfPage: whole(path), image: whole(cardPath("page", id)),
    dateCreated: createdAt.toISOString(), dateModified: editedAt.toISOString(), editor: editor ? person(editor) : undefined,
    isPartOf: { "@type": "CreativeWork", name: wiki.name, url: whole(wikiPath(wiki.slug)) },
  });
  return { canonical: path, feeds: [{ path: wikiPath(wiki.slug), title: wiki.name }, ...feedOfTalk(viewer, talk, title)], card: { kind: "article", title, description, drawn: { kind: "page", id, place: wiki.name }, editedAt } };
}

/** What people say about it can be followed, too. */
function feedOfTalk(viewer: Viewer, talk: { slug: string; id: number } | null | undefined, title: string) {
  return talk ? [{ path: topicPath(talk), title: translate(viewer.locale, "outside.commentsOn", { title }) }] : [];
}

/** Whole words of a text's beginning, on one line. */
export function firstWords(text: string, longest = 200): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= longest ? line : `${line.slice(0, longest).replace(/\s+\S*$/, "")}…`;
}
