import { createReadStream } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Unzip, UnzipInflate } from "fflate";
import { MAX_BYTES as MAX_BYTES_OF_TEXT } from "#app/core/rich-text/shape.ts";

/** Files by their path, with `/` between its parts. */
export type Folder = Map<string, Buffer>;

export const MAX_FILES = 10_000;
/** As much as the editor takes. */
export const MAX_PAGE_BYTES = MAX_BYTES_OF_TEXT;
const MAX_PICTURE_BYTES = 20 * 1024 * 1024;
const MAX_BYTES = 512 * 1024 * 1024;

/** A folder or archive that is not taken; the message says why. Nothing of it was read into the community. */
export class FolderError extends Error {
  override name = "FolderError";
}

/**
 * The Markdown and the pictures in a folder, or in a zip. What is too large for a page or a picture is answered as null,
 * so that it can be named; what is neither is left out.
 *
 * @throws FolderError for paths that lead out of it, and for more than anybody writes
 */
export async function readFolder(place: string): Promise<Map<string, Buffer | null>> {
  const found = await lstat(place).catch(() => null);
  if (!found) throw new FolderError(`There is nothing at ${place}.`);
  return found.isDirectory() ? readDirectory(place) : readZip(createReadStream(place));
}

function limitOf(name: string): number {
  if (/\.(md|markdown)$/i.test(name)) return MAX_PAGE_BYTES;
  return /\.(png|jpe?g|gif|webp)$/i.test(name) ? MAX_PICTURE_BYTES : 0;
}

async function readDirectory(root: string): Promise<Map<string, Buffer | null>> {
  const files = new Map<string, Buffer | null>();
  let bytes = 0;
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const name = path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/");
    // A link could lead anywhere; what begins with a point is the folder's own.
    if (!entry.isFile() || limitOf(name) === 0 || name.split("/").some((part) => part.startsWith("."))) continue;
    const { size } = await lstat(path.join(root, name));
    bytes += size;
    if (files.size >= MAX_FILES || bytes > MAX_BYTES) throw new FolderError("There is too much in it.");
    files.set(name, size > limitOf(name) ? null : await readFile(path.join(root, name)));
  }
  return files;
}

/** Counts what comes out, not what the archive says would: a small one can hold a mountain. */
export async function readZip(source: AsyncIterable<Uint8Array>): Promise<Map<string, Buffer | null>> {
  const files = new Map<string, Buffer | null>();
  let [count, bytes] = [0, 0];
  let problem: Error | undefined;
  const unzip = new Unzip((file) => {
    if (++count > MAX_FILES) problem = new FolderError("There are too many files in it.");
    if (!isInside(file.name)) problem = new FolderError(`The path ${JSON.stringify(file.name.slice(0, 100))} leads out of it.`);
    const limit = limitOf(file.name);
    if (problem || limit === 0 || file.name.endsWith("/")) return;
    const pieces: Uint8Array[] = [];
    let size = 0;
    file.ondata = (error, piece, isLast) => {
      if (error) problem = new FolderError(`${file.name} is damaged.`);
      size += piece?.length ?? 0;
      bytes += piece?.length ?? 0;
      if (bytes > MAX_BYTES) problem = new FolderError("There is too much in it.");
      if (problem) return;
      if (size <= limit) pieces.push(piece);
      else pieces.length = 0;
      if (isLast) files.set(file.name, size > limit ? null : Buffer.concat(pieces));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const chunk of source) {
      // Little at a time, or one piece of an archive could unfold into more than fits before anybody looks.
      for (let at = 0; at < chunk.length && !problem; at += 16_384) unzip.push(chunk.subarray(at, at + 16_384));
      if (problem) break;
    }
    if (!problem) unzip.push(new Uint8Array(0), true);
  } catch {
    problem ??= new FolderError("This is no zip archive.");
  }
  if (problem) throw problem;
  if (count === 0) throw new FolderError("This is no zip archive, or an empty one.");
  return files;
}

function isInside(name: string): boolean {
  return !/^[/\\]|[\\\0]|^[a-z]:/i.test(name) && !name.split("/").includes("..");
}
