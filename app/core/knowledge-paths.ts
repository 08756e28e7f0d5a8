// Addresses of what lasts: below the areas that own them, because talk, notifications and search lead there too.

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
