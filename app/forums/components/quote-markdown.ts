/** Words of a post as a Markdown quote that names who said them and leads back. */
export function quoteMarkdown(words: string, { username, href, number }: { username: string; href: string; number: number }): string {
  const lines = words.trim().split("\n").map((line) => `> ${line}`.trimEnd());
  return `${lines.join("\n")}\n>\n> — @${username}, [#${number}](${href})\n\n`;
}
