import { Form } from "@remix-run/react";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Time } from "#app/ui/time.tsx";
import type { Device } from "../device.ts";
import en from "../messages/en.json";

type SessionItemProps = { session: { name: string; device: Device; ip: string; lastSeenAt: Date; createdAt: Date; isHere: boolean } };

/** One place where the member is signed in. */
export function SessionItem({ session: { name, device, ip, lastSeenAt, createdAt, isHere } }: SessionItemProps) {
  const t = useT("accounts", en);
  const { browser, system } = device;
  const called = browser && system ? t("browserOnSystem", { browser, system }) : (browser ?? system ?? t("unknownDevice"));
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <Icon name={device.isHandheld ? "smartphone" : "monitor"} size={22} className="text-ink-faint" />
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">
          {called}
          {isHere && <span className="ml-2 rounded bg-accent-soft px-1.5 py-px text-xs font-semibold text-accent-strong">{t("thisDevice")}</span>}
        </p>
        <p className="text-sm text-ink-soft">
          {[ip, !isHere && t.rich("lastSeen", { time: <Time at={lastSeenAt} /> }), t.rich("signedInSince", { time: <Time at={createdAt} /> })]
            .filter(Boolean)
            .map((part, index) => <span key={index}>{index > 0 && " · "}{part}</span>)}
        </p>
      </div>
      {!isHere && (
        <Form method="post" action="/settings/sessions">
          <input type="hidden" name="session" value={name} />
          <Button size="small" aria-label={t("endSessionOf", { device: called })}>{t("endSession")}</Button>
        </Form>
      )}
    </li>
  );
}
