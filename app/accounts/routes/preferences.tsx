import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox, Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { SettingsSection } from "../components/settings-section.tsx";
import { preferencesInput } from "../inputs.ts";
import en from "../messages/en.json";
import { changePreferences } from "../preferences.ts";

const schemes = [["system", "colourSystem"], ["light", "colourLight"], ["dark", "colourDark"]] as const;

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const { locale, timeZone, colourScheme, prefersPages, hidesPresence } = requireMember(viewer);
  return {
    preferences: { locale, timeZone, colourScheme, prefersPages, hidesPresence },
    timeZones: [...new Set(["UTC", timeZone, ...Intl.supportedValuesOf("timeZone")])],
    isDone: new URL(request.url).searchParams.has("done"),
    title: translate(viewer.locale, "accounts.preferences"),
  };
});

export const action = defineAction({ params: noParams, input: preferencesInput }, async ({ viewer, input }) => {
  await changePreferences(requireMember(viewer), input);
  return redirect("/settings/preferences?done=1");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function PreferencesPage() {
  const t = useT("accounts", en);
  const { preferences, timeZones, isDone } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const { locale, timeZone, colourScheme, prefersPages, hidesPresence } = preferences;
  return (
    <SettingsSection title={t("preferences")} lead={t("preferencesLead")}>
      {/* A whole new page: the language and the colours are those of the frame too. */}
      <Form method="post" action="/settings/preferences" reloadDocument className="space-y-8">
        {problem && <Notice tone="danger">{problem.message}</Notice>}
        {!problem && isDone && <Notice tone="success">{t("saved")}</Notice>}
        <div className="side-by-side max-w-xl sm:grid-cols-2">
          <Select label={t("language")} name="locale" defaultValue={locale} errors={problem?.fields.locale}>
            <option value="en">{t("languageEn")}</option>
            {locale === "en-XA" && <option value="en-XA">{t("languagePseudo")}</option>}
          </Select>
          <Select label={t("timeZone")} name="timeZone" defaultValue={timeZone} errors={problem?.fields.timeZone}>
            {timeZones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll("_", " ")}</option>)}
          </Select>
        </div>
        <fieldset>
          <legend className="mb-2 text-sm font-medium">{t("colours")}</legend>
          <div className="flex flex-wrap gap-2">
            {schemes.map(([scheme, name]) => (
              <label key={scheme} className="flex min-h-10 items-center gap-2 rounded-md border border-line-strong bg-surface px-4 text-sm has-checked:border-accent has-checked:bg-accent-soft touch:min-h-11">
                <input type="radio" name="colourScheme" value={scheme} defaultChecked={scheme === colourScheme} className="accent-accent" />
                {t(name)}
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset className="space-y-3">
          <legend className="mb-2 text-sm font-medium">{t("lists")}</legend>
          <Checkbox name="prefersPages" label={t("prefersPages")} hint={t("prefersPagesHint")} defaultChecked={prefersPages} />
        </fieldset>
        <fieldset className="space-y-3">
          <legend className="mb-2 text-sm font-medium">{t("privacy")}</legend>
          <Checkbox name="hidesPresence" label={t("hidesPresence")} hint={t("hidesPresenceHint")} defaultChecked={hidesPresence} />
        </fieldset>
        <Button look="primary">{t("save")}</Button>
      </Form>
    </SettingsSection>
  );
}
