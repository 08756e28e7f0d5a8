import type { ReactionKind } from "#db/schema/forums.ts";

export type SeedComment = { author: string; at: Date; body: string; /** The number of the comment it answers, from 1. */ replyTo?: number; reactions: Partial<Record<ReactionKind, number>> };
export type SeedArticle = { title: string; author: string; at: Date; tags: string[]; excerpt: string; series?: string; part?: number; /** Markdown. */ body: string; comments: SeedComment[] };

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a file of db/seed/blogs: a head between two lines `---`, Markdown, and after a line `--- comments` what readers
 * said, each with its author, the time after the one before, and whom it answers. Times are counted back from `now`.
 *
 * @throws Error naming the article and what is wrong with it
 */
export function readArticle(source: string, now: Date): SeedArticle {
  const [, head = "", rest = ""] = /^---\n([^]*?)\n---\n([^]*)$/.exec(source) ?? [];
  const fields = new Map(head.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
  const title = unquoted(fields.get("title") ?? "");
  if (!title || !fields.get("author")) throw new Error(`An article of the demo has no title or no author: ${source.slice(0, 80)}`);
  const at = new Date(now.getTime() - duration(fields.get("date") ?? "", title));
  const [body, said = ""] = rest.split(/^--- comments$/m);
  return {
    title, at, author: fields.get("author")!, body: body!.trim(), excerpt: unquoted(fields.get("summary") ?? ""),
    tags: (fields.get("tags") ?? "").replace(/^\[|\]$/g, "").split(",").map((tag) => tag.trim()).filter(Boolean),
    series: fields.has("series") ? unquoted(fields.get("series")!) : undefined,
    part: fields.has("part") ? Number(fields.get("part")) : undefined,
    comments: readComments(said, title, at, now),
  };
}

function readComments(source: string, title: string, from: Date, now: Date): SeedComment[] {
  let at = from;
  return source.split(/^--- (?=\w)/m).slice(1).map((part) => {
    const end = part.indexOf("\n");
    const [author, gap, ...options] = part.slice(0, end).split(" | ").map((text) => text.trim());
    at = new Date(Math.min(at.getTime() + duration(gap ?? "", title), now.getTime() - 60_000));
    const reactions: SeedComment["reactions"] = {};
    for (const [, kind, count] of options.join(" ").matchAll(/\b(like|thanks|insightful|celebrate|same|funny)=(\d+)/g)) reactions[kind === "same" ? "same_here" : (kind as ReactionKind)] = Number(count);
    const answers = options.find((option) => option.startsWith(">"));
    return { author: author!, at, body: part.slice(end + 1).trim(), reactions, replyTo: answers ? Number(answers.slice(1)) : undefined };
  });
}

function unquoted(text: string): string {
  return /^".*"$/.test(text) ? (JSON.parse(text) as string) : text.replace(/^'(.*)'$/, "$1");
}

function duration(text: string, where: string): number {
  const [, amount, unit] = /^([\d.]+)([mhd])$/.exec(text) ?? [];
  if (!amount) throw new Error(`"${where}": ${text} is no length of time`);
  return Number(amount) * UNITS[unit!]!;
}
