import { expect, test } from "vitest";
import { withKnownMentions } from "#app/core/known-mentions.ts";
import { createReply } from "#app/forums/replies.ts";
import { db } from "#db/client.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { make, text } from "#tests/support/make.ts";

const documentOf = (...content: RichTextNode[]): RichText => ({ type: "doc", content: [{ type: "paragraph", content }] });
const words = (text: string, ...marks: string[]): RichTextNode => ({ type: "text", text, ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }) });
const named = (username: string, ...marks: string[]): RichTextNode => ({ type: "mention", attrs: { username }, ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }) });

test("a name that was only typed is a mention where somebody is called so, in their own capitals or not", async () => {
  await make.member({ username: "Max" });
  expect(await withKnownMentions(db, documentOf(words("Ask @max, or @nobody. "), words("@Max!", "bold")))).toEqual(
    documentOf(words("Ask "), named("max"), words(", or @nobody. "), named("Max", "bold"), words("!", "bold")),
  );
});

test("code, links, addresses of mail and quotes of others stay as they were written", async () => {
  await make.member({ username: "max" });
  const quote: RichTextNode = { type: "postQuote", attrs: { postId: 1 }, content: [{ type: "paragraph", content: [words("@max said")] }] };
  const body: RichText = { type: "doc", content: [
    ...documentOf(words("me@max.example, https://x.example/@max "), words("@max", "code"), { type: "text", text: "@max", marks: [{ type: "link", attrs: { href: "https://x.example" } }] }).content!,
    { type: "codeBlock", content: [words("@max = 1")] }, quote,
  ] };
  expect(await withKnownMentions(db, body)).toEqual(body);
});

test("a mention of nobody is words", async () => {
  expect(await withKnownMentions(db, documentOf(named("ghost", "italic")))).toEqual(documentOf(words("@ghost", "italic")));
});

test("a reply in which a name was only typed is stored with the mention", async () => {
  const [author] = [await make.member(), await make.member({ username: "max" })];
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  const { id } = await createReply(author, topic.id, { body: text("Thanks @max") });
  const post = await db.query.posts.findFirst({ where: (posts, { eq }) => eq(posts.id, id) });
  expect(post!.body).toEqual(documentOf(words("Thanks "), named("max")));
});
