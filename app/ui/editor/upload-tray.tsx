import { useState } from "react";
import { buttonClass } from "../button.tsx";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import en from "../words.ts";
import { imageAddress } from "../rich-text/image-address.ts";
import type { UploadRow } from "./use-uploads.ts";

type UploadTrayProps = { rows: UploadRow[]; isWaiting: boolean; onDismiss: (id: number) => void; onDescribe: (key: string, alt: string) => void };

/** What became of each picture: on its way, refused, or in the text and asked once what it shows. */
export function UploadTray({ rows, isWaiting, onDismiss, onDescribe }: UploadTrayProps) {
  const t = useT("ui", en);
  if (rows.length === 0) return null;
  return (
    <ul className="space-y-px border-t bg-sunken text-sm">
      {rows.map((row) => (
        <li key={row.id} className="flex min-h-12 items-center gap-3 px-3 py-1.5">
          {row.image ? (
            <Describe row={row} onSkip={() => onDismiss(row.id)} onDescribe={(alt) => (onDescribe(row.image!.key, alt), onDismiss(row.id))} />
          ) : (
            <>
              <div className="min-w-0 flex-1" role={row.failed ? "alert" : undefined}>
                <p className={row.failed ? "text-danger" : "truncate"}>
                  {row.failed
                    ? t("uploadFailed", { name: row.name, reason: row.failed === true ? t(row.isOther ? "uploadOther" : "uploadBroken") : row.failed })
                    : row.percent < 100 ? t("uploading", { name: row.name, percent: row.percent }) : t("uploadWaiting", { name: row.name })}
                </p>
                {!row.failed && <progress value={row.percent} max={100} aria-label={row.name} className="editor-progress" />}
              </div>
              <button type="button" className={buttonClass("quiet", "small", "px-2")} aria-label={row.failed ? t("dismiss") : t("cancelUpload", { name: row.name })} onClick={() => onDismiss(row.id)}>
                <Icon name="x" />
              </button>
            </>
          )}
        </li>
      ))}
      {isWaiting && <li role="status" className="px-3 py-2 font-medium">{t("waitingForUploads")}</li>}
    </ul>
  );
}

function Describe({ row, onSkip, onDescribe }: { row: UploadRow; onSkip: () => void; onDescribe: (alt: string) => void }) {
  const t = useT("ui", en);
  const [alt, setAlt] = useState("");
  return (
    <>
      <img src={imageAddress(row.image!)} alt="" className="size-9 shrink-0 rounded object-cover" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
        <input
          value={alt}
          onChange={(event) => setAlt(event.target.value)}
          // Enter would send the form around it.
          onKeyDown={(event) => event.key === "Enter" && (event.preventDefault(), alt.trim() ? onDescribe(alt.trim()) : onSkip())}
          maxLength={500}
          aria-label={t("altText")}
          placeholder={t("altText")}
          className="h-9 min-w-0 flex-1 basis-48 rounded-md border border-line-strong bg-surface px-3 text-base md:text-sm touch:min-h-11"
        />
        <button type="button" disabled={!alt.trim()} className={buttonClass("plain", "small")} onClick={() => onDescribe(alt.trim())}>{t("altSave")}</button>
        <button type="button" className={buttonClass("quiet", "small")} onClick={onSkip}>{t("altSkip")}</button>
      </div>
    </>
  );
}
