import { createReadStream } from "node:fs";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { config } from "../config.ts";
import { StorageFullError } from "../errors.ts";
import type { FileParts, FileStore } from "./store.ts";

/** Files in `DATA_DIR/files`, a folder for each key. Parts are written aside and moved into place at once. */
export const folderStore: FileStore = { put, open, remove };

async function put(key: string, parts: FileParts): Promise<void> {
  const place = folderOf(key);
  const aside = path.join(config.dataDir, "files", ".arriving", key);
  try {
    await mkdir(aside, { recursive: true });
    for (const [name, bytes] of Object.entries(parts)) await writeFile(path.join(aside, name), bytes);
    await mkdir(path.dirname(place), { recursive: true });
    await rename(aside, place);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw new StorageFullError("core.storageFull");
    throw error;
  }
}

async function open(key: string, name: string) {
  const file = path.join(folderOf(key), name);
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? { stream: createReadStream(file), bytes: found.size } : undefined;
}

async function remove(key: string): Promise<void> {
  await rm(folderOf(key), { recursive: true, force: true });
}

function folderOf(key: string): string {
  // Two letters first, so that no folder holds a million others.
  return path.join(config.dataDir, "files", key.slice(0, 2), key);
}
