import { Form } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";
import type { ShownGroup } from "./group-page.tsx";

export type OwnRequest = { state: "open" | "approved" | "declined" | "withdrawn"; message: string; reason: string; createdAt: Date; decidedAt: Date | null } | null;

/** The way out, for whoever is in and may go. */
export function LeaveButton({ group }: { group: { id: number; name: string } }) {
  const t = useT("community", en);
  return <ConfirmButton action={groupPath(group)} label={t("leaveGroup")} look="quiet" confirm={t("leaveGroup")} fields={{ intent: "leave" }} question={t("leaveGroupQuestion", { name: group.name })} />;
}

type GroupDoorProps = { group: ShownGroup; isBanned: boolean; /** Why they may neither join nor ask, beside what the group's door says. */ refusal: string | null; request: OwnRequest; problem?: Problem };

/** How someone who is not in comes in, or why not. */
export function GroupDoor({ group, isBanned, refusal, request, problem }: GroupDoorProps) {
  const t = useT("community", en);
  if (isBanned) return <Notice tone="warning" className="mb-6">{t("youAreBanned")}</Notice>;
  const waits = request?.state === "open";
  return (
    <div className="mb-8 space-y-4">
      {request?.state === "declined" && <Notice title={t("wasDeclined")}>{request.reason || null} {request.decidedAt && <Time at={request.decidedAt} className="text-ink-soft" />}</Notice>}
      {waits && (
        <div className="rounded-md border border-line bg-surface p-4">
          <p className="font-semibold">{t("youAsked")} <Time at={request.createdAt} className="text-sm font-normal text-ink-soft" /></p>
          {request.message && <p className="mt-1 whitespace-pre-line wrap-anywhere">{request.message}</p>}
          <p className="mt-1 text-sm text-ink-soft">{t("youAskedText")}</p>
          <Form method="post" className="mt-3"><input type="hidden" name="intent" value="withdraw" /><Button size="small">{t("withdrawRequest")}</Button></Form>
        </div>
      )}
      {!waits && refusal && group.joining !== "closed" && <Notice tone="warning">{refusal}</Notice>}
      {!waits && !refusal && group.joining === "open" && <Form method="post"><input type="hidden" name="intent" value="join" /><Button look="primary">{t("joinGroup")}</Button></Form>}
      {!waits && !refusal && group.joining === "request" && (
        <Form method="post" className="max-w-[62ch] space-y-3">
          <input type="hidden" name="intent" value="ask" />
          <TextArea name="message" rows={3} label={t("askMessage")} hint={t("askMessageHint")} maxLength={1000} defaultValue={problem?.values.message} errors={problem?.fields.message} />
          <Button look="primary">{t("askToJoin")}</Button>
        </Form>
      )}
    </div>
  );
}
