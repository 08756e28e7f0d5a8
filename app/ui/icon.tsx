import { cx } from "./class-names.ts";
import type { IconName } from "./icon-names.ts";

type IconProps = { name: IconName; /** Pixels, both ways. */ size?: number; className?: string };

/** A drawing of the one icon set, out of a sprite that is loaded once. Decoration: name what it stands for beside it. */
export function Icon({ name, size = 18, className }: IconProps) {
  return (
    <svg aria-hidden="true" width={size} height={size} className={cx("icon", className)}>
      <use href={`/icons.svg#${name}`} />
    </svg>
  );
}
