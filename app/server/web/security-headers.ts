import { config } from "#app/core/config.ts";

/** A year, in seconds. */
const HSTS_SECONDS = 31_536_000;

/** What every answer carries, whatever it is: a page, a file, an error. */
export const securityHeaders: Record<string, string> = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Frame-Options": "SAMEORIGIN",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
  ...(config.baseUrl.startsWith("https:") ? { "Strict-Transport-Security": `max-age=${HSTS_SECONDS}; includeSubDomains` } : {}),
};

/** The policy of what is no page of ours: nothing in it runs, loads or is framed. */
export const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; sandbox; frame-ancestors 'self'";

/**
 * The policy of a page. `scripts` names the inline scripts that may run: `'nonce-…'` for an answer made for one
 * visitor, hashes for one kept for many.
 *
 * Styles are open: React writes style attributes, and the editor and the menus put style elements of their own into the
 * page. A hostile style needs hostile HTML first, and what members write can hold none.
 */
export function pagePolicy(scripts: string[]): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts.join(" ")}`.trim(),
    "script-src-attr 'none'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ${socketOrigin()}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join("; ");
}

/** Named for Safari, which did not take `'self'` to mean sockets before 15.4. */
function socketOrigin(): string {
  return new URL(config.baseUrl).origin.replace(/^http/, "ws");
}
