import { fileKeyPattern } from "./patterns.ts";

export type ImageAttributes = { key: string; alt: string; width: number | null; height: number | null };

/** The widths in pixels that smaller copies of an image come in. */
export const imageWidths = [480, 960, 1600];

/** Where an image is: never stored, always made from its key. The size stands in it so that Markdown keeps it. */
export function imageAddress({ key, width, height }: Pick<ImageAttributes, "key" | "width" | "height">): string {
  return `/files/${key}/${width && height ? `${width}x${height}` : "image"}`;
}

/** A smaller copy of it, in WebP. */
export function imageCopyAddress(key: string, width: number): string {
  return `/files/${key}/w${width}.webp`;
}

/** The key and size in such an address; undefined for any other address. */
export function readImageAddress(address: string): Omit<ImageAttributes, "alt"> | undefined {
  const [, key, size] = /^\/files\/([^/?#]+)\/([^/?#]*)$/.exec(address) ?? [];
  if (!key || !fileKeyPattern.test(key)) return undefined;
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(size ?? "") ?? [];
  return { key, width: Number(width) || null, height: Number(height) || null };
}
