import type { MetaFunction } from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { z } from "zod";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "#app/ui/words.ts";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { RichTextField } from "#app/ui/rich-text-field.tsx";
import { defineAction, defineLoader, fieldsOf, noParams } from "../http.ts";
import { translate } from "../messages.ts";
import { limitRate } from "../rate-limit.ts";
import { renderRichText } from "../render-rich-text.ts";
import { richTextField } from "../rich-text.ts";
import { safePath } from "../safe-path.ts";
import { requireMember } from "../viewer.ts";

const LIMIT = { points: 60, perSeconds: 60 };

/** A preview is asked for by a form; by its address alone there is nothing to see. */
export const loader = defineLoader({ params: noParams }, async ({ viewer }) => ({ title: translate(viewer.locale, "ui.preview") }));

/** Everything the form held: it is handed on as it came. */
const input = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** `POST /preview?of=<field>&to=<path>`: shows how a text will look, and keeps the form it came from, to be sent from here. */
export const action = defineAction({ params: noParams, input }, async ({ viewer, input: form, request }) => {
  const member = requireMember(viewer);
  await limitRate("preview", member.id, LIMIT);
  const query = new URL(request.url).searchParams;
  const of = query.get("of") ?? "body";
  const { [of]: sent, ...others } = form;
  const text = typeof sent === "string" ? sent : "";
  const parsed = richTextField.safeParse(text);
  return {
    ok: true as const,
    of,
    to: safePath(query.get("to")),
    text,
    fields: Object.entries(others).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const)),
    problems: parsed.success ? undefined : fieldsOf(parsed.error, viewer.locale).form,
    html: parsed.success ? renderRichText(parsed.data) : "",
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function PreviewPage() {
  const t = useT("ui", en);
  const answer = useActionData<typeof action>();
  const preview = answer?.ok ? answer : undefined;
  return (
    <Page>
      <PageHeader title={t("preview")} lead={preview ? t("previewLead") : t("previewNothing")} />
      {preview && (
        <>
          {preview.html && <div className="prose mb-8 rounded-md border bg-surface p-4" dangerouslySetInnerHTML={{ __html: preview.html }} />}
          <Form method="post" action={preview.to} className="space-y-4">
            {preview.fields.map(([name, value], index) => <input key={index} type="hidden" name={name} value={value} />)}
            <RichTextField name={preview.of} label={t("yourText")} defaultValue={preview.text} errors={preview.problems} action={preview.to} rows={10} />
            <Button look="primary">{t("sendThis")}</Button>
          </Form>
        </>
      )}
    </Page>
  );
}
