import { cx } from "./class-names.ts";

type AvatarProps = { name: string; /** Null shows initials. */ fileId?: number | null; /** Pixels, both ways. */ size?: number; className?: string };

/** A member's picture or initials. Decoration: their name stands beside it. */
export function Avatar({ name, fileId, size = 40, className }: AvatarProps) {
  const frame = { width: size, height: size };
  if (fileId) return <img src={`/avatars/${fileId}/${size > 48 ? 240 : 96}`} alt="" loading="lazy" decoding="async" {...frame} style={frame} className={cx("shrink-0 rounded-full bg-sunken object-cover", className)} />;
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 360, 7);
  return (
    <span
      aria-hidden="true"
      style={{ ...frame, fontSize: size * 0.4, backgroundColor: `oklch(0.55 0.09 ${hue})` }}
      className={cx("inline-flex shrink-0 items-center justify-center rounded-full font-semibold text-white select-none", className)}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/[\s_.-]+/).filter(Boolean);
  const first = [...(words[0] ?? "?")][0]!;
  const last = words.length > 1 ? [...words.at(-1)!][0]! : "";
  return (first + last).toUpperCase();
}
