import { Link, useActionData } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { useT } from "#app/ui/i18n.tsx";
import { AdminPage } from "./admin-page.tsx";
import en from "../messages/en.json";

/** Shown only when something could not be deleted: what stands in the way. */
export function NotDeleted() {
  const t = useT("community", en);
  const problem = useActionData<Problem>();
  return (
    <AdminPage title={t("notDeleted")} problem={problem?.message}>
      <Link to="/admin/divisions" className="text-accent-strong underline">{t("adminDivisions")}</Link>
    </AdminPage>
  );
}
