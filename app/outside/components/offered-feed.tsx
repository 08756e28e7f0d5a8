import { Form, Link } from "@remix-run/react";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";
import type { FeedFormat } from "../paths.ts";
import { AddressFields } from "./address-fields.tsx";

type Offered = { of: string; title: string; home: string; addresses: { format: FeedFormat; href: string }[] | null; isMade: boolean };

/** The two ways to follow a list: as everybody sees it, and as this member does. */
export function OfferedFeed({ offered: { of, title, home, addresses, isMade } }: { offered: Offered }) {
  const t = useT("outside", en);
  return (
    <section className="space-y-6">
      <h2 className="text-lg font-semibold">{t.rich("ofList", { title: <Link to={home} className="underline decoration-line-strong underline-offset-4 hover:decoration-current">{title}</Link> })}</h2>
      <div className="space-y-3 rounded-lg border border-line bg-surface p-5">
        <div>
          <h3 className="font-semibold">{t("publicFeed")}</h3>
          <p className="text-sm text-ink-soft">{addresses ? t("publicFeedHint") : t("noPublicFeed")}</p>
        </div>
        {addresses && <AddressFields addresses={addresses} />}
      </div>
      <Form method="post" className="space-y-3 rounded-lg border border-line bg-surface p-5">
        <input type="hidden" name="intent" value="make" />
        <input type="hidden" name="of" value={of} />
        <div>
          <h3 className="font-semibold">{t("ownFeed")}</h3>
          <p className="text-sm text-ink-soft">{t("ownFeedHint")}{isMade && ` ${t("makeAgainHint")}`}</p>
        </div>
        <Button look="primary">{isMade ? t("makeAgain") : t("makeAddress")}</Button>
      </Form>
    </section>
  );
}
