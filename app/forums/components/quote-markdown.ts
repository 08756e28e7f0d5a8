type Quoted = { postId: number; topicId: number; number: number; username: string };

/** Words of a post as Markdown in the form that becomes a quote naming its author and leading back to it. */
export function quoteMarkdown(words: string, { postId, topicId, number, username }: Quoted): string {
  const lines = words.trim().split("\n").map((line) => `> ${line}`.trimEnd());
  return `> @${username} [#${number}](/t/-/${topicId}/${number}#${postId})\n>\n${lines.join("\n")}\n\n`;
}
