import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { SettingsSection } from "#app/accounts/components/settings-section.tsx";
import { readSite } from "#app/community/site.ts";
import { config } from "#app/core/config.ts";
import { nullIfMissing } from "#app/core/errors.ts";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { guest, requireMember, type Viewer } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import { AddressItem } from "../components/address-item.tsx";
import { MadeAddress } from "../components/made-address.tsx";
import { OfferedFeed } from "../components/offered-feed.tsx";
import type { FoundFeed } from "../feed.ts";
import { findFeed } from "../feeds.ts";
import { feedAddressInput } from "../inputs.ts";
import en from "../messages/en.json";
import { feedFormats, privateFeedPath } from "../paths.ts";
import { listAddresses, makeAddress, renewAddress, revokeAddress } from "../private-feeds.ts";
import { publicAddress } from "../write-feed.ts";

/** `?of=` names the list that somebody wants to follow, by its path. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireMember(viewer);
  const { searchParams } = new URL(request.url);
  const of = searchParams.get("of");
  const { name } = await readSite(db);
  const [offered, shown, addresses] = await Promise.all([findAt(member, of, name), findAt(guest, of, name), listAddresses(member, name)]);
  return {
    title: translate(viewer.locale, "outside.feeds"),
    offered: offered && { of: offered.path, title: offered.title, home: offered.home, addresses: shown && addressesOf((format) => publicAddress(shown, format)), isMade: addresses.some(({ key }) => key === offered.key) },
    isNothing: of !== null && !offered,
    addresses,
    isDone: searchParams.has("done"),
  };
});

/** The new address is in the answer itself: it is shown once, and stands in no history and no log. */
export const action = defineAction({ params: noParams, input: feedAddressInput }, async ({ viewer, input }) => {
  const member = requireMember(viewer);
  if (input.intent === "revoke") {
    await revokeAddress(member, input.addressId);
    throw redirect("/settings/feeds?done=1");
  }
  const { name } = await readSite(db);
  const { token, list } = input.intent === "make" ? await makeAddress(member, input.of, name) : await renewAddress(member, input.addressId, name);
  return { ok: true as const, made: { title: list.title, addresses: addressesOf((format) => config.baseUrl + privateFeedPath(token, format)) } };
});

async function findAt(viewer: Viewer, path: string | null, site: string): Promise<FoundFeed | null> {
  return path === null ? null : findFeed(viewer, path, site).catch(nullIfMissing);
}

function addressesOf(addressIn: (format: (typeof feedFormats)[number]) => string) {
  return feedFormats.map((format) => ({ format, href: addressIn(format) }));
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function FeedSettings() {
  const t = useT("outside", en);
  const { offered, isNothing, addresses, isDone } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const made = answer?.ok ? answer.made : null;
  return (
    <SettingsSection title={t("feeds")} lead={t("feedsLead")}>
      {answer && !answer.ok && <Notice tone="danger" className="mb-6">{answer.message}</Notice>}
      {!answer && isDone && <Notice tone="success" className="mb-6">{t("revoked")}</Notice>}
      {isNothing && <Notice className="mb-6">{t("nothingThere")}</Notice>}
      {made && <MadeAddress made={made} />}
      {!made && offered && <OfferedFeed offered={offered} />}
      <h2 className="mt-10 mb-2 text-lg font-semibold">{t("yourAddresses")}</h2>
      {addresses.length === 0 ? <p className="text-sm text-ink-soft">{t("noAddresses")}</p> : (
        <>
          <ul className="divide-y divide-line border-y border-line">{addresses.map((address) => <AddressItem key={address.id} address={address} />)}</ul>
          <p className="mt-3 text-sm text-ink-soft">{t("endsWith")}</p>
        </>
      )}
    </SettingsSection>
  );
}
