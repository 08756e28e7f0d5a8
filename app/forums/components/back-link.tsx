import { Icon } from "#app/ui/icon.tsx";
import type { T } from "./post-words.ts";

/** The reply from which someone jumped to what it answers. */
export type WayBack = { href: string; /** Its number as it is shown. */ shown: number };

export function BackLink({ href, shown, t }: WayBack & { t: T }) {
  return <a href={href} className="post-parent post-back"><Icon name="arrow-down" size={14} />{t("backToReply", { number: shown })}</a>;
}
