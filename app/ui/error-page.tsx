import { Form } from "@remix-run/react";
import { useContext } from "react";
import { ButtonLink, buttonClass } from "./button.tsx";
import { useT } from "./i18n.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";
import en from "./messages/en.json";
import { RequestIdContext } from "./nonce.ts";

const icons: Record<number, IconName> = { 403: "lock", 404: "search", 429: "clock", 503: "clock" };

/** What stands in place of a page that cannot be shown: what happened, what is kept, what to do. */
export function ErrorPage({ status, message, backTo }: { status: number; message?: string; /** Where they were, if that is known. */ backTo?: string }) {
  const t = useT("ui", en);
  const requestId = useRequestId();
  const titles: Record<number, string> = { 403: t("forbiddenTitle"), 404: t("notFoundTitle"), 429: t("tooManyTitle"), 503: t("awayTitle") };
  const isAway = status === 503;
  const isOurs = status >= 500 && !isAway;
  return (
    <main id="content" tabIndex={-1} data-request-id={requestId} className="flex min-h-[60vh] max-w-xl flex-col items-start justify-center gap-4 outline-none">
      <Icon name={icons[status] ?? "triangle-alert"} size={28} className="text-accent" />
      <div>
        <p className="text-sm font-semibold text-ink-faint tabular">{status}</p>
        <h1 className="text-2xl font-semibold tracking-tight text-balance">{isOurs ? t("somethingWrong") : (titles[status] ?? message ?? t("notFoundTitle"))}</h1>
      </div>
      <p className="text-ink-soft">{isOurs ? t("somethingWrongHint") : titles[status] ? message : null}</p>
      {isOurs && requestId && <p className="rounded-md bg-sunken px-3 py-2 font-mono text-sm">{requestId}</p>}
      {status === 404 && (
        <Form action="/search" role="search" aria-label={t("searchInstead")} className="flex w-full max-w-md gap-2">
          <input type="search" name="q" aria-label={t("search")} placeholder={t("searchInstead")} maxLength={200} className="h-10 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-3 placeholder:text-ink-faint touch:h-11" />
          <button className={buttonClass("plain")}>{t("search")}</button>
        </Form>
      )}
      {isAway && <a href="" className={buttonClass("primary")}>{t("tryAgain")}</a>}
      <ButtonLink to={backTo ?? "/"} look={isAway ? "plain" : "primary"}>{backTo ? t("goBack") : t("backHome")}</ButtonLink>
    </main>
  );
}

/** The server knows it; the browser, taking the page over, reads it where the server wrote it. */
function useRequestId(): string | undefined {
  const given = useContext(RequestIdContext);
  return given ?? (typeof document === "undefined" ? undefined : document.querySelector<HTMLElement>("[data-request-id]")?.dataset.requestId);
}
