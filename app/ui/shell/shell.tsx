import { useLocation } from "@remix-run/react";
import { useEffect, useState, type ReactNode } from "react";
import { accentStyle } from "../accent.ts";
import { useT } from "../i18n.tsx";
import en from "../messages/en.json";
import { Toast } from "../toast.tsx";
import type { ShellData } from "#app/community/shell.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { Footer } from "./footer.tsx";
import { Header, writePath } from "./header.tsx";
import { divisionOf, usePlace } from "./place.ts";
import { Rail } from "./rail.tsx";
import { ShortcutHelp } from "./shortcut-help.tsx";
import { useMenus } from "./use-menus.ts";

/** The frame of every page: header, rails, bottom bar, in the colour of the division one is in. */
export function Shell({ shell, search, bell, children }: { shell: ShellData; /** The search field: the area that searches brings its own. */ search: ReactNode; bell: ReactNode; children: ReactNode }) {
  const t = useT("ui", en);
  const place = usePlace();
  const division = divisionOf(shell, place);
  const { pathname } = useLocation();
  const [railOpen, setRailOpen] = useState(false);
  useEffect(() => setRailOpen(false), [pathname]);
  useMenus();
  return (
    <div className={division ? "accented" : undefined} style={division && accentStyle(division.accent)}>
      <a href="#content" className="skip-link">{t("skipToContent")}</a>
      <Header shell={shell} division={division} search={search} bell={bell} onMenu={() => setRailOpen(true)} />
      <div className="frame frame-body">
        <Rail shell={shell} place={place} division={division} open={railOpen} onClose={() => setRailOpen(false)} />
        <div className="min-w-0 py-6 sm:py-8">{children}</div>
      </div>
      <Footer shell={shell} />
      <BottomBar shell={shell} division={division} />
      <ShortcutHelp writePath={shell.viewer.kind === "member" ? writePath(division) : null} />
      <Toast />
    </div>
  );
}
