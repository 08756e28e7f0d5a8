import slugify from "@sindresorhus/slugify";

/** The readable part of an address, at most 80 letters. A title without a Latin letter leaves none, and `otherwise` stands there. */
export function slugOf(title: string, otherwise: string): string {
  return slugify(title).slice(0, 80).replace(/-+$/, "") || otherwise;
}
