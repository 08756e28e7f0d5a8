// Addresses of talk and of what lasts: below the areas that own them, because each leads to the others, and notifications
// and search lead to all of them.

/** A topic, or one of its posts. The id decides; the slug is for people. */
export function topicPath({ slug, id }: { slug: string; id: number }, postNumber?: number): string {
  return postNumber ? `/t/${slug}/${id}/${postNumber}` : `/t/${slug}/${id}`;
}

/** A comment where it is read: under its article or page, whose address is given; `from` is the reply that leads there. */
export function commentPath(subject: string, postNumber: number, from?: number): string {
  return `${subject}?comment=${postNumber}${from ? `&from=${from}` : ""}#post-${postNumber}`;
}

/** Where a page of a wiki is begun with what was said: of the opening post, with the topic. */
export function promotePath(topic: { slug: string; id: number }, postNumber = 1): string {
  return `${topicPath(topic, postNumber > 1 ? postNumber : undefined)}/promote`;
}

/** A blog's home. */
export function blogPath(blog: string): string {
  return `/b/${blog}`;
}

/** An article. The id decides; blog and slug are for people. */
export function articlePath({ blog, slug, id }: { blog: string; slug: string; id: number }): string {
  return `/b/${blog}/${slug}-${id}`;
}

/** A wiki's home. */
export function wikiPath(wiki: string): string {
  return `/w/${wiki}`;
}

/** A page of a wiki. The id decides; wiki and slug are for people. */
export function pagePath({ wiki, slug, id }: { wiki: string; slug: string; id: number }): string {
  return `/w/${wiki}/${slug}-${id}`;
}

/** The form of a new page, its title filled in where it is known. */
export function newPagePath(wiki: string, { parentId, title }: { parentId?: number; title?: string } = {}): string {
  const search = new URLSearchParams({ ...(parentId && { parent: String(parentId) }), ...(title && { title }) }).toString();
  return `${wikiPath(wiki)}/new${search && `?${search}`}`;
}
