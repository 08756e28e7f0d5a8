import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import { SessionItem } from "../components/session-item.tsx";
import { SettingsSection } from "../components/settings-section.tsx";
import { deviceOf } from "../device.ts";
import { endSessionInput } from "../inputs.ts";
import en from "../messages/en.json";
import { endByName, listSessions, shortName } from "../sessions.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireMember(viewer);
  const all = (await listSessions(db, member.id)).map(({ id, userAgent, ...session }) => ({ ...session, name: shortName(id), device: deviceOf(userAgent), isHere: id === member.sessionId }));
  return {
    sessions: all.sort((a, b) => Number(b.isHere) - Number(a.isHere)),
    isDone: new URL(request.url).searchParams.has("done"),
    title: translate(viewer.locale, "accounts.sessions"),
  };
});

export const action = defineAction({ params: noParams, input: endSessionInput }, async ({ viewer, input }) => {
  await endByName(requireMember(viewer), input.session);
  return redirect("/settings/sessions?done=1");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function SessionsPage() {
  const t = useT("accounts", en);
  const { sessions, isDone } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const others = sessions.filter(({ isHere }) => !isHere).length;
  return (
    <SettingsSection title={t("sessions")} lead={t("sessionsLead")}>
      {problem && <Notice tone="danger" className="mb-6">{problem.message}</Notice>}
      {!problem && isDone && <Notice tone="success" className="mb-6">{t("sessionEnded")}</Notice>}
      <ul className="divide-y divide-line border-y border-line">
        {sessions.map((session) => <SessionItem key={session.name} session={session} />)}
      </ul>
      {others > 0 && (
        <Form method="post" action="/settings/sessions" className="mt-6 flex flex-wrap items-center gap-3">
          <input type="hidden" name="session" value="others" />
          <Button>{t("endOthers")}</Button>
          <span className="text-sm text-ink-soft">{t("endOthersHint", { count: others })}</span>
        </Form>
      )}
    </SettingsSection>
  );
}
