import { readFileSync } from "node:fs";
import path from "node:path";
import { fromHtml, fromPlainText, type SourceText } from "../mining/source-text.ts";

/** What is read of a post in a Stack Exchange dump. */
export type DumpPost = { id: string; topicId: string; isOpening: boolean; title: string; tags: string[]; at: string; html: string };
export type DumpText = SourceText & { topicId: string; at: string };
export type DumpComment = { id: string; postId: string; at: string; text: string };

/** The posts of a dump's folder, in the order of the file. */
export function readPosts(folder: string): DumpPost[] {
  return rowsOf(path.join(folder, "Posts.xml")).flatMap((row) => {
    const type = row.get("PostTypeId");
    if (type !== "1" && type !== "2") return [];
    const id = row.get("Id") ?? "";
    return [{
      id, topicId: row.get("ParentId") ?? id, isOpening: type === "1",
      title: row.get("Title") ?? "", tags: row.get("Tags")?.match(/[^<>|]+/g) ?? [], at: row.get("CreationDate") ?? "", html: row.get("Body") ?? "",
    }];
  });
}

export function readComments(folder: string): DumpComment[] {
  return rowsOf(path.join(folder, "Comments.xml")).map((row) => ({ id: row.get("Id") ?? "", postId: row.get("PostId") ?? "", at: row.get("CreationDate") ?? "", text: row.get("Text") ?? "" }));
}

/** The texts of a dump by the names that the gold set gives them: `post-7`, `post-7-title`, `comment-9`. */
export function textsOf(posts: DumpPost[], comments: DumpComment[]): Map<string, DumpText> {
  const topicOf = new Map(posts.map(({ id, topicId }) => [id, topicId]));
  const texts = new Map<string, DumpText>();
  for (const { id, topicId, isOpening, html, title, at } of posts) {
    texts.set(`post-${id}`, { ...fromHtml(html), topicId, at });
    if (isOpening) texts.set(`post-${id}-title`, { text: title, asides: [], topicId, at });
  }
  for (const { id, postId, text, at } of comments) texts.set(`comment-${id}`, { ...fromPlainText(text), topicId: topicOf.get(postId) ?? postId, at });
  return texts;
}

/** The rows of one of a dump's files, each on its line; what is no row is passed over. */
function rowsOf(file: string): Map<string, string>[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => /^\s*<row\s/.test(line))
    .map((line) => new Map([...line.matchAll(/\s(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, decode(value!)])));
}

const NAMES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decode(value: string): string {
  if (!value.includes("&")) return value;
  return value.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);/g, (whole, name: string) => {
    if (name[0] !== "#") return NAMES[name] ?? whole;
    const code = name[1] === "x" ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
