import { accentTones, contrast } from "#app/ui/accent.ts";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";

/** How a colour will look on light and dark pages, and whether it had to be changed to stay readable. */
export function AccentPreview({ hex }: { hex: string }) {
  const t = useT("community", en);
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return null;
  const tones = accentTones(hex.toLowerCase());
  const pages = [
    { key: "light", name: t("onLight"), paper: "#fdfcfa", ink: "#1d1b18", ...tones.light },
    { key: "dark", name: t("onDark"), paper: "#161513", ink: "#edeae4", ...tones.dark },
  ];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {pages.map(({ key, name, paper, ink, accent, soft, strong, on }) => {
        const ratio = contrast(accent, paper).toFixed(1);
        return (
          <figure key={key} className="overflow-hidden rounded-md border border-line">
            <div style={{ background: paper, color: ink }} className="flex flex-wrap items-center gap-3 p-4 text-sm">
              <span style={{ background: accent, color: on }} className="rounded-md px-3 py-1.5 font-medium">{t("previewButton")}</span>
              <span style={{ color: strong }} className="underline">{t("previewLink")}</span>
              <span style={{ background: soft, color: strong }} className="rounded px-2 py-0.5 font-medium">{t("previewMark")}</span>
            </div>
            <figcaption className="border-t border-line px-4 py-2 text-xs text-ink-soft">
              {accent === hex.toLowerCase() ? t("accentAsIs", { page: name, ratio }) : t("accentChanged", { page: name, ratio, colour: accent, from: contrast(hex, paper).toFixed(1) })}
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
}
