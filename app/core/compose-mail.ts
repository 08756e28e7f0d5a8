import type { Mail } from "./mail.ts";

type Letter = {
  subject: string;
  /** Plain sentences, one paragraph each. */
  paragraphs: string[];
  /** One thing to do, as a button. */
  action?: { label: string; href: string };
  /** Below the line: why this came, how to stop it. */
  footer: string;
};

/** A mail in both its forms, in the look of the house. All text is plain and is escaped here. */
export function composeMail({ subject, paragraphs, action, footer }: Letter): Pick<Mail, "subject" | "text" | "html"> {
  const text = [...paragraphs, ...(action ? [`${action.label}:\n${action.href}`] : []), `--\n${footer}`].join("\n\n");
  const html = `<!doctype html>
<html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:24px 16px;font:16px/26px ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<div style="max-width:560px;margin:0 auto">
<h1 style="font-size:20px;line-height:28px;margin:0 0 16px">${escape(subject)}</h1>
${paragraphs.map((words) => `<p style="margin:0 0 16px">${escape(words)}</p>`).join("\n")}
${action ? `<p style="margin:24px 0"><a href="${escape(action.href)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#2f6f5e;color:#ffffff;font-weight:600;text-decoration:none">${escape(action.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;line-height:18px;color:#6f6a60;word-break:break-all">${escape(action.href)}</p>` : ""}
<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #c9c3b6;font-size:13px;line-height:18px;color:#6f6a60">${escape(footer)}</p>
</div></body></html>`;
  return { subject, text, html };
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign]!);
}
