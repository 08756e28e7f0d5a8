import type { MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { chooseMail, readStopMail } from "#app/core/mail-choice.ts";
import { translate } from "#app/core/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import en from "../components/words.ts";

const params = z.object({ token: z.string().max(100) });

export const loader = defineLoader({ params }, async ({ viewer, params: { token } }) => {
  const stop = await readStopMail(token);
  if (!stop) throw new NotFoundError("link");
  return { mail: stop.mail, title: translate(viewer.locale, "notifications.stopTitle") };
});

/** Mail programs post here on their own, signed in or not (RFC 8058). */
export const action = defineAction({ params, input: z.looseObject({}) }, async ({ params: { token } }) => {
  const stop = await readStopMail(token);
  if (!stop) throw new NotFoundError("link");
  await chooseMail(stop.memberId, stop.mail, { on: false });
  return { ok: true as const };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function StopMail() {
  const t = useT("notifications", en);
  const { mail } = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>() as { ok: boolean } | undefined;
  return (
    <Page>
      <PageHeader title={t("stopTitle")} lead={t(`mail_${mail}`)} />
      {done?.ok ? <Notice tone="success">{t("stopped")}</Notice> : <Form method="post"><Button look="primary">{t("stopButton")}</Button></Form>}
    </Page>
  );
}
