import { Link } from "@remix-run/react";
import { useT } from "../i18n.tsx";
import en from "../messages/en.json";
import type { ShellData } from "#app/community/shell.ts";
import { FeedLinks } from "./feed-links.tsx";
import { SchemeSwitch } from "./scheme-switch.tsx";

export function Footer({ shell }: { shell: ShellData }) {
  const t = useT("ui", en);
  return (
    <footer className="site-footer">
      <div className="frame flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-6 text-sm text-ink-soft">
        <p>{shell.site.name}{shell.site.tagline && <span className="text-ink-faint"> · {shell.site.tagline}</span>}</p>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <FeedLinks isMember={shell.viewer.kind === "member"} />
          <Link to="/divisions" className="hover:text-ink">{t("divisions")}</Link>
          <Link to="/latest" className="hover:text-ink">{t("latest")}</Link>
          {shell.viewer.kind === "guest" && <SchemeSwitch />}
        </div>
      </div>
    </footer>
  );
}
