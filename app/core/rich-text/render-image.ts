import { imageAddress, imageCopyAddress, imageWidths, type ImageAttributes } from "#app/ui/rich-text/image-address.ts";
import type { RichTextNode } from "#db/schema/rich-text.ts";
import { escaped } from "./escape.ts";

/** An image leads to itself in full size, unless it stands in a link that leads elsewhere. */
export function renderImage({ attrs, marks = [] }: RichTextNode): string {
  const { key, alt, width, height } = attrs as ImageAttributes;
  const full = escaped(imageAddress({ key, width, height }));
  const widths = imageWidths.filter((copy) => !width || copy < width);
  const copies = widths.map((copy) => `${imageCopyAddress(key, copy)} ${copy}w`);
  const srcset = width && copies.length > 0 ? ` srcset="${[...copies, `${full} ${width}w`].join(", ")}" sizes="(max-width: 720px) 100vw, 680px"` : "";
  const size = width && height ? ` width="${Number(width)}" height="${Number(height)}"` : "";
  const image = `<img src="${full}"${srcset} alt="${escaped(alt)}"${size} loading="lazy" decoding="async" />`;
  return marks.some(({ type }) => type === "link") ? image : `<a class="image-link" href="${full}">${image}</a>`;
}
