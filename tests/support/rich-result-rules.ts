// What Google asks of structured data for its rich results (developers.google.com/search/docs/appearance/structured-data,
// read in 2025): properties without which there is none, and those it recommends. Paths go through lists and things.

type Rules = { required: string[]; /** One of them. */ oneOf?: string[]; recommended: string[] };

const person = ["author.name"];
const rules: Record<string, Rules> = {
  DiscussionForumPosting: {
    required: ["author", ...person, "datePublished"], oneOf: ["text", "image", "video"],
    recommended: ["author.url", "comment.text", "comment.datePublished", "comment.author.name", "comment.author.url", "comment.url", "headline", "image", "interactionStatistic.userInteractionCount", "interactionStatistic.interactionType", "isPartOf", "text", "url"],
  },
  QAPage: {
    required: ["mainEntity.name", "mainEntity.answerCount"], oneOf: ["mainEntity.acceptedAnswer.text", "mainEntity.suggestedAnswer.text"],
    recommended: ["mainEntity.text", "mainEntity.upvoteCount", "mainEntity.datePublished", "mainEntity.author.name", "mainEntity.author.url", "mainEntity.suggestedAnswer.url", "mainEntity.suggestedAnswer.upvoteCount", "mainEntity.suggestedAnswer.datePublished", "mainEntity.suggestedAnswer.author.name", "mainEntity.suggestedAnswer.author.url"],
  },
  BlogPosting: { required: [], recommended: ["author.name", "author.url", "dateModified", "datePublished", "headline", "image"] },
  // Many write a page of a wiki: who was last is no author, and when it became public first is not known.
  Article: { required: [], recommended: ["dateModified", "headline", "image"] },
  ProfilePage: { required: ["mainEntity.name"], recommended: ["dateCreated", "mainEntity.alternateName", "mainEntity.identifier", "mainEntity.description", "mainEntity.agentInteractionStatistic.userInteractionCount"] },
  BreadcrumbList: { required: ["itemListElement.position", "itemListElement.name", "itemListElement.item"], recommended: [] },
};

type Thing = Record<string, unknown>;

/** The faults of one thing that a page says of itself, as sentences; what is only recommended is asked for, too. */
export function richResultFaults(thing: Thing): string[] {
  const type = String(thing["@type"]);
  const wanted = rules[type];
  if (!wanted) return [`${type}: not looked at`];
  const missing = [...wanted.required, ...wanted.recommended].filter((path) => valuesAt(thing, path).some((value) => value === undefined || value === "")).map((path) => `${type}: ${path} is missing`);
  if (wanted.oneOf && !wanted.oneOf.some((path) => valuesAt(thing, path).every((value) => value !== undefined && value !== ""))) missing.push(`${type}: none of ${wanted.oneOf.join(", ")}`);
  return [...missing, ...(thing["@context"] === "https://schema.org" ? [] : [`${type}: no context`]), ...shapeFaults(thing, type), ...(type === "BreadcrumbList" ? crumbFaults(thing) : [])];
}

/** Dates with their zone, whole addresses, counts that are counts: wherever they stand. */
function shapeFaults(value: unknown, where: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each, at) => shapeFaults(each, `${where}[${at}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => {
    const at = `${where}.${name}`;
    if (inside === null) return [`${at} is null`];
    if (name.startsWith("date") && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(inside))) return [`${at} is no date with a zone`];
    if (/^(url|item|image|mainEntityOfPage)$/.test(name) && typeof inside === "string" && !/^https?:\/\//.test(inside)) return [`${at} is not whole`];
    if (name.endsWith("Count") && !(Number.isInteger(inside) && Number(inside) >= 0)) return [`${at} is no count`];
    return shapeFaults(inside, at);
  });
}

function crumbFaults({ itemListElement }: Thing): string[] {
  const items = itemListElement as { position: number }[];
  return items.length >= 2 && items.every(({ position }, at) => position === at + 1) ? [] : ["BreadcrumbList: needs two steps at least, counted from 1"];
}

/** All values at a path; undefined for each place where there is none. */
function valuesAt(value: unknown, path: string): unknown[] {
  if (path === "") return [value];
  if (Array.isArray(value)) return value.length === 0 ? [undefined] : value.flatMap((each) => valuesAt(each, path));
  if (typeof value !== "object" || value === null) return [undefined];
  const [name, ...rest] = path.split(".");
  return valuesAt((value as Thing)[name!], rest.join("."));
}
