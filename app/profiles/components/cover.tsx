import { cx } from "#app/ui/class-names.ts";

/** The wide picture a member chose to stand above their profile. Its room is there before it is. */
export function Cover({ fileId, className }: { fileId: number; className?: string }) {
  const at = (width: number) => `/covers/${fileId}/${width}`;
  return <img src={at(800)} srcSet={`${at(800)} 800w, ${at(1600)} 1600w`} sizes="(min-width: 1100px) 880px, 100vw" alt="" width={1600} height={400} decoding="async" className={cx("aspect-[4/1] w-full rounded-lg bg-sunken object-cover", className)} />;
}
