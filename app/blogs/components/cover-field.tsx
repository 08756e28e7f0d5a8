import { useRef, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { upload } from "#app/ui/editor/upload.ts";
import { Field } from "#app/ui/field.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { imageAddress } from "#app/ui/rich-text/image-address.ts";
import type { T } from "./words.ts";

type CoverFieldProps = { cover: string; alt: string; errors: { cover?: string[]; coverAlt?: string[] }; onChange: () => void; t: T };

/** The picture above an article: chosen, sent at once, described. Without scripts it is chosen on a page of its own. */
export function CoverField({ cover, alt, errors, onChange, t }: CoverFieldProps) {
  const [key, setKey] = useState(cover);
  const [percent, setPercent] = useState<number | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);

  function choose(file: File | undefined) {
    if (!file) return;
    setFailed(null);
    setPercent(0);
    upload(file, {
      onProgress: setPercent,
      onDone: (image) => { setPercent(null); setKey(image.key); setTimeout(onChange); },
      onFailed: (reason) => { setPercent(null); setFailed(reason ?? t("uploadFailed")); },
    });
  }

  return (
    <fieldset className="space-y-3">
      <legend className="mb-1.5 text-sm font-medium">{t("cover")}</legend>
      <input type="hidden" name="cover" value={key} />
      {key && <img src={imageAddress({ key, width: null, height: null })} alt="" className="aspect-[2/1] w-full max-w-xl rounded-md bg-sunken object-cover" />}
      <div className="scripted flex flex-wrap items-center gap-2">
        <input ref={picker} type="file" accept="image/png,image/jpeg,image/webp,image/gif" hidden onChange={(event) => choose(event.target.files?.[0])} />
        <Button type="button" size="small" busy={percent !== null} onClick={() => picker.current?.click()}><Icon name="image" size={16} />{percent !== null ? t("uploading", { percent }) : key ? t("changeCover") : t("chooseCover")}</Button>
        {key && <Button type="button" size="small" look="quiet" onClick={() => { setKey(""); setTimeout(onChange); }}>{t("dropCover")}</Button>}
      </div>
      {(failed ?? errors.cover) && <p role="alert" className="text-sm text-danger">{failed ?? errors.cover!.join(" ")}</p>}
      {key ? <Field name="coverAlt" label={t("coverAlt")} hint={t("coverAltHint")} maxLength={300} defaultValue={alt} errors={errors.coverAlt} /> : <input type="hidden" name="coverAlt" value="" />}
    </fieldset>
  );
}
