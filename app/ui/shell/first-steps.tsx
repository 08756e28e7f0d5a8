import { ButtonLink } from "../button.tsx";
import { EmptyState } from "../empty-state.tsx";
import { useT } from "../i18n.tsx";
import en from "../words.ts";
import { useShell } from "./place.ts";

/** Whether an admin looks at a community in which nobody can write yet, because there is no place for it. */
export function useFirstSteps(): boolean {
  const shell = useShell();
  return shell?.canAdminister === true && shell.categories.length === 0;
}

/** What stands in place of an empty list until there is a place to write in: what to make, and where. */
export function FirstSteps() {
  const t = useT("ui", en);
  const division = useShell()?.divisions[0];
  return (
    <EmptyState
      icon="layers"
      title={t("firstSteps")}
      action={(
        <div className="flex flex-wrap justify-center gap-2">
          {division
            ? <ButtonLink to={`/admin/divisions/${division.id}/categories/new`} look="primary">{t("firstCategory", { name: division.name })}</ButtonLink>
            : <ButtonLink to="/admin/divisions" look="primary">{t("firstDivision")}</ButtonLink>}
          <ButtonLink to="/admin/site">{t("nameCommunity")}</ButtonLink>
        </div>
      )}
    >
      {t("firstStepsLead")}
    </EmptyState>
  );
}
