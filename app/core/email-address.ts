/** The most a whole address may measure (RFC 5321, 4.5.3.1), and the part before its @. */
const MAX_ADDRESS = 254;
const MAX_LOCAL = 64;

// Plain addresses only: no quotes, comments, groups or spaces, which mail software reads in more than one way. What
// passes here can stand in a header and in an SMTP command as it is.
const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i;

/** The address as mail can be sent to it, international domains in their ASCII form; null when it is none we send to. */
export function parseEmailAddress(text: string): string | null {
  const at = text.lastIndexOf("@");
  const name = text.slice(0, at);
  const host = asciiDomain(text.slice(at + 1));
  if (at < 1 || name.length > MAX_LOCAL || !local.test(name) || !domain.test(host)) return null;
  const address = `${name}@${host}`;
  return address.length > MAX_ADDRESS ? null : address;
}

/** The domain of addresses, lower case and in ASCII; null when none can be at it. */
export function parseDomain(text: string): string | null {
  const address = text.includes("@") ? null : parseEmailAddress(`x@${text}`);
  return address && address.slice(2).toLowerCase();
}

function asciiDomain(host: string): string {
  // A URL would read a slash, a port, a percent sign or a control character its own way, so none of them gets there.
  if (/^[a-z0-9.-]+$/i.test(host) || !/^[\p{L}\p{N}\p{M}.-]+$/u.test(host)) return host;
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return "";
  }
}
