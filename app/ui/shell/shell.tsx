import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "../i18n.tsx";
import en from "../messages/en.json";

/** The frame of every page: header, rails, bottom bar. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useT("ui", en);
  return (
    <>
      <a href="#content" className="sr-only focus:not-sr-only">{t("skipToContent")}</a>
      <header className="border-b"><Link to="/" className="font-semibold">{t("home")}</Link></header>
      {children}
    </>
  );
}
