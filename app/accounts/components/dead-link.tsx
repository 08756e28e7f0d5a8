import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";
import { Card } from "./card.tsx";

/** What a one-time link leads to once it is used, replaced or too old: where to get another. */
export function DeadLink({ newLinkAt }: { newLinkAt: string }) {
  const t = useT("accounts", en);
  return (
    <Card title={t("linkDeadTitle")} lead={t("linkDeadLead")}>
      <ButtonLink to={newLinkAt} look="primary">{t("askNewLink")}</ButtonLink>
    </Card>
  );
}
