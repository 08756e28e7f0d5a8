import { Outlet, useLocation } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Page } from "#app/ui/page.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import en from "../messages/en.json";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  requireMember(viewer);
  return null;
});

export const shouldRevalidate = staysWhenSignedOut;

/** What a member decides for themselves, page by page. */
export default function Settings() {
  const t = useT("accounts", en);
  const { pathname } = useLocation();
  const items = (["profile", "account", "sessions", "preferences", "mail", "feeds"] as const).map((name) => {
    const to = `/settings/${name}`;
    return { to, label: t(name), current: pathname === to || pathname.startsWith(`${to}/`) };
  });
  return (
    <Page>
      <TabLinks label={t("settingsSections")} items={items} className="mb-8" />
      <Outlet />
    </Page>
  );
}
