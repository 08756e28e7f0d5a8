import { createReadStream } from "node:fs";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { config } from "../config.ts";
import { StorageFullError } from "../errors.ts";

/** The bytes of one stored thing by name: the cleaned original and its copies. */
export type FileParts = Record<string, Buffer>;

// Where files are kept: a folder for each key. Keys and names are made here in the process, never taken from a request,
// and both are checked all the same before they become a path.

/**
 * Keeps all parts or none: they are written aside and moved into place at once.
 *
 * @throws StorageFullError when there is no room
 */
export async function putFile(key: string, parts: FileParts): Promise<void> {
  const place = folderOf(key);
  const aside = path.join(config.dataDir, "files", ".arriving", key);
  try {
    await mkdir(aside, { recursive: true });
    for (const [name, bytes] of Object.entries(parts)) await writeFile(path.join(aside, checkedName(name)), bytes);
    await mkdir(path.dirname(place), { recursive: true });
    await rename(aside, place);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw new StorageFullError("core.storageFull");
    throw error;
  }
}

/** One part, with its size; undefined when it is not there. */
export async function openFile(key: string, name: string): Promise<{ stream: Readable; bytes: number } | undefined> {
  const file = path.join(folderOf(key), checkedName(name));
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? { stream: createReadStream(file), bytes: found.size } : undefined;
}

/** Removes all of it. Safe to repeat. */
export async function deleteFile(key: string): Promise<void> {
  await rm(folderOf(key), { recursive: true, force: true });
}

function folderOf(key: string): string {
  if (!/^[A-Za-z0-9_-]{22}$/.test(key)) throw new RangeError("Not a key");
  // Two letters first, so that no folder holds a million others.
  return path.join(config.dataDir, "files", key.slice(0, 2), key);
}

function checkedName(name: string): string {
  if (!/^[a-z0-9]{1,12}(\.[a-z]{3,4})?$/.test(name)) throw new RangeError("Not a name of a part");
  return name;
}
