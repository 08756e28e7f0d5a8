import { fileTypeFromBuffer } from "file-type";
import sharp, { type Sharp } from "sharp";
import { imageWidths } from "#app/ui/rich-text/image-address.ts";
import type { FileVariant } from "#db/schema/files.ts";
import { InvalidInputError } from "../errors.ts";
import { shared } from "../shared.ts";
import type { FileParts } from "./store.ts";

export const MAX_MEGAPIXELS = 50;
const MAX_PIXELS = MAX_MEGAPIXELS * 1_000_000;
const MAX_FRAMES = 200;
/** The longer side of what is kept as the original. More than any screen shows. */
const MAX_SIDE = 4096;
const SECONDS = 20;
/** What members show of themselves to everyone: squares, and a band four times as wide as high. */
export const cuts = { avatar: [[96, 96], [240, 240]], cover: [[800, 200], [1600, 400]] } as const;

/** What an image is for: one in a text keeps its form, the others are cut to theirs. */
export type ImagePurpose = "post" | keyof typeof cuts;

sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"] });

/** An image as it may be stored: upright, in its own format, without a word about where, when and with what it was taken. */
export type CleanImage = { contentType: string; width: number; height: number; parts: FileParts; variants: FileVariant[] };

const extensions: Record<string, string> = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif" };

/** The name of the part that holds the cleaned original. */
export function originalName(contentType: string): string {
  return `original.${extensions[contentType] ?? "bin"}`;
}

/**
 * Makes an image fit to be stored, with its smaller copies. One image at a time in a process: each takes a core and
 * much memory, and pages must not wait for them.
 *
 * @throws InvalidInputError for anything that is not a JPEG, PNG, WebP or GIF by its content, is damaged, or has too
 *   many pixels or frames
 */
export function cleanImage(bytes: Buffer, purpose: ImagePurpose): Promise<CleanImage> {
  const queue = shared("image queue", () => ({ last: Promise.resolve() as Promise<unknown> }));
  const turn = queue.last.then(() => cleanNow(bytes, purpose));
  queue.last = turn.catch(() => {});
  return turn;
}

async function cleanNow(bytes: Buffer, purpose: ImagePurpose): Promise<CleanImage> {
  const contentType = await imageType(bytes);
  try {
    const { width, height } = await measured(bytes);
    const isAnimated = contentType === "image/gif" || contentType === "image/webp";
    const open = () => sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error", animated: isAnimated && purpose === "post" }).timeout({ seconds: SECONDS }).autoOrient();
    return purpose === "post" ? await pictureOf(open, contentType, width * height) : await cutsOf(open, purpose);
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    if (/pixel limit/i.test((error as Error).message)) throw tooManyPixels();
    throw new InvalidInputError("file", "core.imageBroken");
  }
}

/** By content alone: a name or a header can say anything. */
async function imageType(bytes: Buffer): Promise<string> {
  const head = bytes.subarray(0, 4100);
  const found = await fileTypeFromBuffer(head);
  if (found && extensions[found.mime]) return found.mime;
  const kind = /^image\/(hei[cf]|avif|tiff|jxl)/.exec(found?.mime ?? "")?.[1]?.toUpperCase() ?? (/<svg[\s>]/i.test(head.toString("latin1")) ? "SVG" : undefined);
  throw kind ? new InvalidInputError("file", "core.fileKindNamed", { kind }) : new InvalidInputError("file", "core.fileKind");
}

/** Reads the header only, so that a picture that would unpack to gigabytes is refused before it does. */
async function measured(bytes: Buffer): Promise<{ width: number; height: number }> {
  const { width, height, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (pages > MAX_FRAMES) throw new InvalidInputError("file", "core.imageTooManyFrames", { frames: MAX_FRAMES });
  if (width * height * pages > MAX_PIXELS) throw tooManyPixels();
  return { width, height };
}

async function pictureOf(open: () => Sharp, contentType: string, pixels: number): Promise<CleanImage> {
  const original = await encoded(open().resize({ width: MAX_SIDE, height: MAX_SIDE, fit: "inside", withoutEnlargement: true }), contentType, pixels).toBuffer({ resolveWithObject: true });
  const width = original.info.width;
  const height = original.info.pageHeight ?? original.info.height;
  const parts: FileParts = { [originalName(contentType)]: original.data };
  const variants: FileVariant[] = [];
  for (const copyWidth of imageWidths.filter((wanted) => wanted < width)) {
    const copy = await open().resize({ width: copyWidth }).webp({ quality: 80, effort: 3 }).toBuffer({ resolveWithObject: true });
    const name = `w${copyWidth}.webp`;
    parts[name] = copy.data;
    variants.push({ name, width: copyWidth, height: copy.info.pageHeight ?? copy.info.height, bytes: copy.data.length });
  }
  return { contentType, width, height, parts, variants };
}

/** In its own format. Metadata is never written unless asked for. */
function encoded(image: Sharp, contentType: string, pixels: number): Sharp {
  if (contentType === "image/jpeg") return image.jpeg({ quality: 88 });
  // Packing a large drawing as tightly as it goes takes seconds.
  if (contentType === "image/png") return image.png({ compressionLevel: pixels > 8_000_000 ? 4 : 8 });
  return contentType === "image/webp" ? image.webp({ quality: 88, effort: 3 }) : image.gif({ effort: 3 });
}

/** Cut where something is to be seen. A copy is named by its width. */
async function cutsOf(open: () => Sharp, purpose: keyof typeof cuts): Promise<CleanImage> {
  const parts: FileParts = {};
  const variants: FileVariant[] = [];
  for (const [width, height] of cuts[purpose]) {
    const copy = await open().resize({ width, height, fit: "cover", position: "attention" }).webp({ quality: 82 }).toBuffer();
    parts[`${width}.webp`] = copy;
    variants.push({ name: `${width}.webp`, width, height, bytes: copy.length });
  }
  const [width, height] = cuts[purpose].at(-1)!;
  return { contentType: "image/webp", width, height, parts, variants };
}

function tooManyPixels(): InvalidInputError {
  return new InvalidInputError("file", "core.imageTooLarge", { megapixels: MAX_MEGAPIXELS });
}
