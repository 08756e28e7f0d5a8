import { ButtonLink } from "./button.tsx";
import { useT } from "./i18n.tsx";
import en from "./messages/en.json";

/** What stands in place of a page that cannot be shown: what happened, what is kept, what to do. */
export function ErrorPage({ status, message, requestId = "" }: { status: number; message?: string; requestId?: string }) {
  const t = useT("ui", en);
  return (
    <main id="content" className="mx-auto flex min-h-[60vh] max-w-xl flex-col items-start justify-center gap-4 px-6">
      <p className="text-sm font-semibold text-ink-faint tabular">{status}</p>
      <h1 className="text-2xl font-semibold">{status === 404 ? t("notFoundTitle") : status >= 500 ? t("somethingWrong") : message}</h1>
      <p className="text-ink-soft">{status >= 500 ? t("somethingWrongHint", { id: requestId }) : status === 404 ? message : null}</p>
      <ButtonLink to="/" look="primary">{t("backHome")}</ButtonLink>
    </main>
  );
}
