import { Link } from "@remix-run/react";
import { buttonClass } from "#app/ui/button.tsx";
import type { T } from "./post-words.ts";

/** In the composer's place, for those who may not write here. */
export function NoReply({ refusal, isGuest, path, t }: { refusal: string; isGuest: boolean; path: string; t: T }) {
  return (
    <div className="mt-8 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-md bg-sunken px-4 py-4 text-sm text-ink-soft">
      <p>{refusal}</p>
      {isGuest && <Link to={`/sign-in?next=${encodeURIComponent(path)}`} className={buttonClass("plain", "small")}>{t("signIn")}</Link>}
    </div>
  );
}
