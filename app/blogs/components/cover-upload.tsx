import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import type { T } from "./words.ts";

/** Where no scripts run: a form of its own, because a picture cannot travel with the text. */
export function CoverUpload({ path, alt, t }: { path: string; alt: string; t: T }) {
  return (
    <noscript>
      <form method="post" action={`${path}/cover`} encType="multipart/form-data" className="mt-8 space-y-4 rounded-md border border-line p-4">
        <h2 className="text-sm font-semibold">{t("cover")}</h2>
        <p className="text-sm text-ink-soft">{t("coverAlone")}</p>
        <Field name="alt" label={t("coverAlt")} hint={t("coverAltHint")} required maxLength={300} defaultValue={alt} />
        <Field name="file" type="file" label={t("chooseCover")} accept="image/png,image/jpeg,image/webp,image/gif" required />
        <Button>{t("sendCover")}</Button>
      </form>
    </noscript>
  );
}
