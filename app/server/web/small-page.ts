import type { Request, Response } from "express";
import { translate, type MessageKey } from "#app/core/messages.ts";
import { filePolicy } from "./security-headers.ts";

/** An answer from before the pages: `key` names the sentence, `number` the request for those who run the community. */
export type SmallAnswer = { status: number; key: MessageKey; number?: string };

/**
 * Says why there is no page: to a browser as a small page, to a program as one line of text. Needs nothing to work: no
 * database, no Remix, no script, no file of the build.
 */
export function answerSmall(request: Request, response: Response, { status, key, number }: SmallAnswer): void {
  response.status(status).set("Cache-Control", "no-store").vary("Accept");
  const sentence = translate("en", key);
  if (!isRead(request)) return void response.type("text").send(sentence + (number ? ` ${number}` : ""));
  response.set("Content-Security-Policy", filePolicy).type("html").send(smallPage({ status, sentence, number }));
}

/** Whether somebody looks at the answer, and not a program. */
function isRead({ headers }: Request): boolean {
  return headers.accept?.includes("text/html") ?? false;
}

const titles: Record<number, MessageKey> = {
  403: "core.refusedTitle", 405: "core.refusedTitle", 413: "core.tooLargeTitle", 414: "core.tooLongAddressTitle",
  421: "core.otherHostTitle", 500: "core.brokenTitle", 503: "core.awayTitle",
};

function smallPage({ status, sentence, number }: { status: number; sentence: string; number?: string }): string {
  const title = translate("en", titles[status] ?? "core.badRequestTitle");
  const next = status >= 500 ? "" : `<p>${escaped(translate("en", status === 413 ? "core.tooLargeNext" : "core.smallPageNext"))}</p>`;
  const again = `<p><a href="${status === 503 ? "" : "/"}">${escaped(translate("en", status === 503 ? "core.tryAgain" : "core.toStart"))}</a></p>`;
  return framed(`${status} · ${title}`, `<p class="status">${status}</p><h1>${escaped(title)}</h1><p>${escaped(sentence)}</p>${number ? `<p><code>${escaped(number)}</code></p>` : ""}${next}${again}`);
}

/** What a browser shows that finds no way here, in place of the page that was asked for; `script` runs in it. */
export function offlinePage(script: string): string {
  const title = translate("en", "core.offlineTitle");
  return framed(title, `<h1 class="alone">${escaped(title)}</h1><p>${escaped(translate("en", "core.offline"))}</p><p><a href="">${escaped(translate("en", "core.tryAgain"))}</a></p><script>${script}</script>`);
}

function framed(title: string, content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escaped(title)}</title><style>${style}</style>
<main>${mark}${content}</main></html>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** As in public/favicon.svg; within the page, as a sandboxed page may load nothing. */
const mark = `<svg viewBox="0 0 32 32" width="36" height="36" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="M16 6.5c2.9 3.6 4.6 5.9 4.6 8.2a4.6 4.6 0 0 1-9.2 0c0-2.3 1.7-4.6 4.6-8.2Z" fill="var(--on)"/><path d="M6.5 22.5c3-2 6.3-2 9.5 0s6.5 2 9.5 0" fill="none" stroke="var(--on)" stroke-width="2.2" stroke-linecap="round"/></svg>`;

/** The tones of app/ui/styles/tokens.css, for a page that may have to do without any file. */
const style = `:root{color-scheme:light dark;--ink:#1d1b18;--soft:#57534b;--faint:#6f6a60;--paper:#fdfcfa;--sunken:#f5f3ee;--accent:#2f6f5e;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#edeae4;--soft:#bcb6ab;--faint:#a29c90;--paper:#161513;--sunken:#24221f;--accent:#7cc3ae;--on:#0f1d19}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:34rem;margin:18vh auto 0;padding:0 24px 48px}svg{fill:var(--accent)}p{margin:0 0 12px;color:var(--soft)}
.status{margin:20px 0 0;font-size:14px;font-weight:600;color:var(--faint)}h1{margin:0 0 12px;font-size:28px;line-height:1.25;font-weight:600;letter-spacing:-.02em;text-wrap:balance}.alone{margin-top:20px}
code{display:inline-block;padding:8px 12px;border-radius:8px;background:var(--sunken);color:var(--ink);font-size:14px;overflow-wrap:anywhere}
a{display:inline-block;margin-top:12px;padding:9px 16px;border-radius:8px;background:var(--accent);color:var(--on);font-size:14px;font-weight:500;text-decoration:none}a:hover{text-decoration:underline}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`;
