import type { SpeakerLabel } from "#db/schema/accounts.ts";
import { translate } from "./messages.ts";

/** A name with the label that says for whom they speak, as beside their posts: for places that are nothing but words. */
export function speakerName({ name, label }: { name: string; label: SpeakerLabel | null }, locale: string): string {
  return label ? translate(locale, "core.speaker", { name, label: translate(locale, `ui.${label}`) }) : name;
}
