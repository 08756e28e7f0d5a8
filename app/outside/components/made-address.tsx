import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import en from "../messages/en.json";
import type { FeedFormat } from "../paths.ts";
import { AddressFields } from "./address-fields.tsx";

/** A new address, the only time that it is shown. */
export function MadeAddress({ made: { title, addresses } }: { made: { title: string; addresses: { format: FeedFormat; href: string }[] } }) {
  const t = useT("outside", en);
  return (
    <section className="space-y-4">
      <Notice tone="success" title={t("madeTitle", { title })}>{t("madeLead")}</Notice>
      <AddressFields addresses={addresses} />
    </section>
  );
}
