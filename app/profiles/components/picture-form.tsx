import { Form } from "@remix-run/react";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";

type PictureFormProps = { name: string; fileId: number | null; disabled: boolean };

/** Chooses the member's picture. A plain form, so that browsers without scripts send the file too. */
export function PictureForm({ name, fileId, disabled }: PictureFormProps) {
  const t = useT("profiles", en);
  return (
    <section aria-labelledby="picture" className="flex flex-wrap items-start gap-5">
      <Avatar name={name} fileId={fileId} size={80} />
      <div className="min-w-0 flex-1 basis-72 space-y-2">
        <h2 id="picture" className="text-sm font-medium">{t("picture")}</h2>
        <p className="text-sm text-ink-soft">{t("pictureHint")}</p>
        <div className="flex flex-wrap items-center gap-2">
          <form method="post" action="/settings/profile/picture" encType="multipart/form-data" className="flex flex-wrap items-center gap-2">
            <input
              type="file" name="file" required disabled={disabled} accept="image/png,image/jpeg,image/webp,image/gif" aria-label={t("choosePicture")}
              className="max-w-full text-sm text-ink-soft file:mr-3 file:min-h-8 file:cursor-pointer file:rounded-md file:border file:border-solid file:border-line-strong file:bg-surface file:px-3 file:text-sm file:font-medium file:text-ink"
            />
            <Button size="small" disabled={disabled}>{t("uploadPicture")}</Button>
          </form>
          {fileId && (
            <Form method="post" action="/settings/profile/remove-picture">
              <Button size="small" look="quiet">{t("removePicture")}</Button>
            </Form>
          )}
        </div>
      </div>
    </section>
  );
}
