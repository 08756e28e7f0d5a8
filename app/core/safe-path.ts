/** Stands for our own origin while a path is read. `.invalid` is nobody's, and never will be (RFC 2606). */
const HERE = "https://here.invalid";

/**
 * A path of ours out of what a link or a form asked to go to next; `/` when it would lead anywhere else.
 *
 * It is read as a browser reads it (WHATWG), so that `//evil`, `/\evil`, tabs, line breaks and schemes are seen for
 * what they are, and answered in the form that reading gave.
 */
export function safePath(wanted: unknown): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || /\p{Cc}/u.test(wanted) || wanted.length > 2000) return "/";
  const url = URL.canParse(wanted, HERE) ? new URL(wanted, HERE) : null;
  if (!url || url.origin !== HERE || url.username || url.password) return "/";
  const path = url.pathname + url.search + url.hash;
  // What is left could still be read a second time: `/.//evil` has become `//evil`.
  return path.startsWith("//") ? "/" : path;
}
