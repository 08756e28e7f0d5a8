import type { Cover } from "../article-lists.ts";
import { cx } from "#app/ui/class-names.ts";

type CoverImageProps = { cover: Cover; /** How wide it is shown, for browsers that choose a copy. */ sizes: string; /** The first thing seen on its page: it is not put off. */ eager?: true; className?: string };

/** An article's picture, cut to its frame. The frame has its height before the picture comes, so nothing moves. */
export function CoverImage({ cover, sizes, eager, className }: CoverImageProps) {
  const copies = cover.copies.map(({ src, width }) => `${src} ${width}w`);
  return (
    <span className={cx("block overflow-hidden rounded-md bg-sunken", className)}>
      <img
        src={cover.copies.at(-1)?.src ?? cover.src}
        srcSet={copies.length > 0 ? copies.join(", ") : undefined}
        sizes={sizes}
        width={cover.width ?? undefined}
        height={cover.height ?? undefined}
        alt={cover.alt}
        loading={eager ? "eager" : "lazy"}
        decoding={eager ? undefined : "async"}
        className="size-full object-cover"
      />
    </span>
  );
}
