/**
 * The host a link really leads to, when its text looks like another one: "bank.example" that leads to evil.example.
 * Also where the address itself is made to be misread, by a name before an @ or by look-alike letters.
 */
export function hiddenHost(href: string, text: string): string | undefined {
  if (!/^https?:/i.test(href)) return undefined;
  const { host, username } = new URL(href);
  const shown = hostShownIn(text);
  if (username || (host.includes("xn--") && !text.includes(host))) return host;
  return shown && bare(shown) !== bare(host) ? host : undefined;
}

function hostShownIn(text: string): string | undefined {
  const [, found] = /(?:^|[\s(]|:\/\/)((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,}(?::\d+)?)/u.exec(text) ?? [];
  if (!found) return undefined;
  try {
    return new URL(`https://${found}`).host;
  } catch {
    return found;
  }
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, "").replace(/\.$/, "");
}
