import type { MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { readStopToken, setBrief } from "../brief.ts";
import en from "../messages/en.json";
import { WHOLE_BRIEF } from "../paths.ts";

const params = z.object({ token: z.string().max(100) });

export const loader = defineLoader({ params }, async ({ viewer, params: { token } }) => {
  if ((await readStopToken(token)) === null) throw new NotFoundError("link");
  return { title: translate(viewer.locale, "insights.briefStopTitle") };
});

/** Mail programs post here on their own, signed in or not (RFC 8058). */
export const action = defineAction({ params, input: z.looseObject({}) }, async ({ params: { token } }) => {
  const memberId = await readStopToken(token);
  if (memberId === null) throw new NotFoundError("link");
  await setBrief(memberId, WHOLE_BRIEF, { on: false });
  return { ok: true as const };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function StopBrief() {
  const t = useT("insights", en);
  useLoaderData<typeof loader>();
  const done = useActionData<typeof action>() as { ok: boolean } | undefined;
  return (
    <Page>
      <PageHeader title={t("briefStopTitle")} lead={t("briefStopLead")} />
      {done?.ok ? <Notice tone="success">{t("briefStopped")}</Notice> : <Form method="post"><Button look="primary">{t("briefStopButton")}</Button></Form>}
    </Page>
  );
}
