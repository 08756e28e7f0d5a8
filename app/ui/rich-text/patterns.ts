// What attributes of a document may hold. The editor, Markdown, the check on the way in and the renderer all ask here.

/** A member's name, to be part of other patterns. */
export const USERNAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,28}[A-Za-z0-9_]";
export const usernamePattern = new RegExp(`^${USERNAME}$`);
export const fileKeyPattern = /^[A-Za-z0-9_-]{22}$/;
export const languagePattern = /^[a-z0-9+#-]{1,30}$/;

const MAX_HREF = 2000;
/** A path must not begin with two slashes, which browsers take for another host, however the second one is written. */
const hrefPattern = /^(?:https?:\/\/[^\s/\\]|mailto:[^\s:/]+@|\/(?![/\\]))[^\s\p{Cc}\p{Cf}]*$/iu;

/** Whether a link may lead there: the web, an e-mail address, or a path of this community. */
export function isSafeHref(href: unknown): href is string {
  return typeof href === "string" && href.length <= MAX_HREF && (href === "/" || hrefPattern.test(href)) && parses(href);
}

function parses(href: string): boolean {
  try {
    new URL(href, "https://here.invalid");
    return true;
  } catch {
    return false;
  }
}
