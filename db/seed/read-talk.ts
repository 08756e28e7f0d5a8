import type { IdeaStatus, PinScope, ReactionKind } from "#db/schema/forums.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";

/** Somebody by username, or how many of them: the seeder then picks who. */
export type Crowd = string[] | number;

export type SeedPost = {
  author: string;
  at: Date;
  /** Markdown. */
  body: string;
  replyTo?: number;
  reactions: Partial<Record<ReactionKind, Crowd>>;
  isAccepted: boolean;
  isNote: boolean;
  removedReason?: string;
  /** What it said before its one edit. */
  before?: { body: string; editedAt: Date; reason: string };
};

export type SeedTopic = {
  kind: TopicKind;
  division: string;
  category: string;
  title: string;
  tags: string[];
  votes: Crowd;
  status?: IdeaStatus;
  statusReason?: string;
  pin?: PinScope;
  isBanner: boolean;
  lockedReason?: string;
  removedReason?: string;
  /** The opening post first. */
  posts: SeedPost[];
};

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const REACTIONS: Record<string, ReactionKind> = {
  like: "like", thanks: "thanks", insightful: "insightful", celebrate: "celebrate", same: "same_here", funny: "funny",
};

/**
 * Reads a file of db/seed/talk, whose form is described in db/seed/README.md. Times are counted back from `now`.
 *
 * @throws Error naming the topic and what is wrong with it
 */
export function readTalk(source: string, now: Date): SeedTopic[] {
  return source.split(/^=== /m).slice(1).map((part) => readTopic(part, now));
}

function readTopic(source: string, now: Date): SeedTopic {
  const [head, ...rest] = source.split(/^--- /m);
  const [line, title, body] = firstLines(head!);
  const [kind, place, author, age, tags, ...options] = line.split(" | ");
  const [division, category] = place!.split("/");
  const at = new Date(now.getTime() - duration(age!, title));
  const named = namedOptions(options);
  const posts = [readPost(author!, at, body, named)];
  for (const part of rest) {
    const end = part.indexOf("\n");
    const [by, gap, ...more] = part.slice(0, end).split(" | ");
    const postAt = new Date(posts.at(-1)!.at.getTime() + duration(gap!, title));
    if (postAt > now) throw new Error(`"${title}": post ${posts.length + 1} would be in the future`);
    posts.push(readPost(by!, postAt, part.slice(end + 1).trim(), namedOptions(more)));
  }
  return {
    kind: kind as TopicKind, division: division!, category: category!, title, posts,
    tags: tags ? tags.split(",") : [],
    // Who says "same here" to a question has it too.
    votes: crowd(named.get("votes") ?? (kind === "question" ? named.get("same") : undefined) ?? "0"),
    status: named.get("status") as IdeaStatus | undefined,
    statusReason: named.get("why"),
    pin: named.get("pin") as PinScope | undefined,
    isBanner: named.has("banner"),
    lockedReason: named.get("locked"),
    removedReason: named.get("topic-removed"),
  };
}

function readPost(author: string, at: Date, source: string, options: Map<string, string>): SeedPost {
  const reactions: SeedPost["reactions"] = {};
  for (const [name, kind] of Object.entries(REACTIONS)) if (options.has(name)) reactions[kind] = crowd(options.get(name)!);
  const edit = /^@@ before, (\S+) later: (.*)\n([^]*?)\n@@ after\n([^]*)$/.exec(source);
  return {
    author, at, reactions,
    body: edit ? edit[4]!.trim() : source,
    replyTo: options.has("to") ? Number(options.get("to")) : undefined,
    isAccepted: options.has("accepted"),
    isNote: options.has("note"),
    removedReason: options.get("removed"),
    before: edit ? { body: edit[3]!.trim(), editedAt: new Date(at.getTime() + duration(edit[1]!, edit[2]!)), reason: edit[2]! } : undefined,
  };
}

function firstLines(text: string): [string, string, string] {
  const [line, title, ...body] = text.split("\n");
  return [line!, title!.trim(), body.join("\n").trim()];
}

/** Where one option ends and the next begins, for those that stand together: `like=3 thanks=2`. */
const NEXT_OPTION = / (?=(?:like|thanks|insightful|celebrate|same|funny|votes|status|why|locked|pin)=)/;

/** `>3` is short for `to=3`. */
function namedOptions(options: string[]): Map<string, string> {
  return new Map(
    options.flatMap((option) => option.trim().split(NEXT_OPTION)).map((option) => {
      if (option.startsWith(">")) return ["to", option.slice(1)];
      const at = option.indexOf("=");
      return at < 0 ? [option, ""] : [option.slice(0, at), option.slice(at + 1)];
    }),
  );
}

function crowd(text: string): Crowd {
  return /^\d+$/.test(text) ? Number(text) : text.split(",");
}

function duration(text: string, where: string): number {
  const [, amount, unit] = /^([\d.]+)([mhd])$/.exec(text) ?? [];
  if (!amount) throw new Error(`"${where}": ${text} is no length of time`);
  return Number(amount) * UNITS[unit!]!;
}
