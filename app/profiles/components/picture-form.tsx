import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";
import type { Picture } from "../paths.ts";

type PictureFormProps = { picture: Picture; /** As it looks now. */ children: ReactNode; isSet: boolean; disabled: boolean };

const words = { picture: { hint: "pictureHint", choose: "choosePicture" }, cover: { hint: "coverHint", choose: "chooseCover" } } as const;

/** Chooses one of the member's pictures. A plain form, so that browsers without scripts send the file too. */
export function PictureForm({ picture, children, isSet, disabled }: PictureFormProps) {
  const t = useT("profiles", en);
  return (
    <section aria-labelledby={picture} className={cx("flex gap-5", picture === "cover" ? "flex-col" : "flex-wrap items-start")}>
      {children}
      <div className={cx("min-w-0 space-y-2", picture === "picture" && "flex-1 basis-72")}>
        <h2 id={picture} className="text-sm font-medium">{t(picture)}</h2>
        <p className="text-sm text-ink-soft">{t(words[picture].hint)}</p>
        <div className="flex flex-wrap items-center gap-2">
          <form method="post" action={`/settings/profile/${picture}`} encType="multipart/form-data" className="flex flex-wrap items-center gap-2">
            <input
              type="file" name="file" required disabled={disabled} accept="image/png,image/jpeg,image/webp,image/gif" aria-label={t(words[picture].choose)}
              className="max-w-full text-sm text-ink-soft file:mr-3 file:min-h-8 file:cursor-pointer file:rounded-md file:border file:border-solid file:border-line-strong file:bg-surface file:px-3 file:text-sm file:font-medium file:text-ink"
            />
            <Button size="small" disabled={disabled}>{t("uploadPicture")}</Button>
          </form>
          {isSet && (
            <Form method="post" action="/settings/profile/remove-picture">
              <Button size="small" look="quiet" name="what" value={picture}>{t("removePicture")}</Button>
            </Form>
          )}
        </div>
      </div>
    </section>
  );
}
