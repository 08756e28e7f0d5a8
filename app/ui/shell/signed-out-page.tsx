import { useLocation } from "@remix-run/react";
import type { Unsent } from "#app/core/http.ts";
import { buttonClass } from "../button.tsx";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import { isWritten } from "../is-written.ts";
import en from "../messages/en.json";

/** In place of a page that only members see, to one who was signed out; with what they sent, if it was a form. */
export function SignedOutPage({ message, unsent }: { message: string; unsent?: Unsent }) {
  const t = useT("ui", en);
  const { pathname, search } = useLocation();
  const here = pathname + search;
  const written = unsent && Object.entries(unsent.values).filter(([name, value]) => typeof value === "string" && (isWritten(value) || ((name === "title" || name === "body") && !value.startsWith("{"))));
  const shown = new Set(written?.map(([name]) => name));
  return (
    <main id="content" tabIndex={-1} className="flex min-h-[60vh] max-w-xl flex-col items-start justify-center gap-4 py-10 outline-none">
      <Icon name="lock" size={28} className="text-accent" />
      <div>
        <p className="text-sm font-semibold text-ink-faint tabular">401</p>
        <h1 className="text-2xl font-semibold tracking-tight text-balance">{t("signedOutTitle")}</h1>
      </div>
      <p className="text-ink-soft">{message}</p>
      <a href={`/sign-in?next=${encodeURIComponent(here)}`} target={unsent && "_blank"} className={buttonClass("primary")}>{t(unsent ? "signInBeside" : "signInAgain")}</a>
      {unsent && (
        <form method="post" action={here} className="w-full space-y-3">
          {Object.entries(unsent.values).filter(([name]) => !shown.has(name)).flatMap(([name, values]) => [values].flat().map((value, at) => <input key={`${name} ${at}`} type="hidden" name={name} value={value} />))}
          {written?.map(([name, value]) => (
            <label key={name} className="block space-y-1 text-sm font-medium">
              <span>{t(name === "title" ? "yourTitle" : "yourWords")}</span>
              <textarea name={name} defaultValue={value as string} rows={name !== "body" && /^.{0,80}$/.test(value as string) ? 1 : 8} className="field-box w-full rounded-md border border-line-strong bg-surface px-3 py-2 font-normal" />
            </label>
          ))}
          <button className={buttonClass("plain")}>{t("sendAgain")}</button>
        </form>
      )}
    </main>
  );
}
