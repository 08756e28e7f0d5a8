import { Form, Link } from "@remix-run/react";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "../messages/en.json";

type Address = { id: number; createdAt: Date; lastReadAt: Date | null; list: { title: string; home: string } | null };

/** One address of a member's own, by the list it is of: what stands in it is known to its readers only. */
export function AddressItem({ address: { id, createdAt, lastReadAt, list } }: { address: Address }) {
  const t = useT("outside", en);
  const title = list?.title ?? t("hiddenList");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium wrap-anywhere">{list ? <Link to={list.home} className="hover:underline">{title}</Link> : title}</p>
        <p className="text-sm text-ink-soft">{t.rich("madeOn", { time: <Time at={createdAt} /> })} · {lastReadAt ? t.rich("lastRead", { time: <Time at={lastReadAt} /> }) : t("neverRead")}</p>
      </div>
      <Form method="post" action="/settings/feeds" className="flex gap-2">
        <input type="hidden" name="addressId" value={id} />
        {list && <Button size="small" name="intent" value="renew" aria-label={t("renewOf", { title })}>{t("renew")}</Button>}
        <Button size="small" look="quiet" name="intent" value="revoke" aria-label={t("revokeOf", { title })}>{t("revoke")}</Button>
      </Form>
    </li>
  );
}
