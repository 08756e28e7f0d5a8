import type { Readable } from "node:stream";
import { config } from "../config.ts";
import { bucketStore } from "./bucket-store.ts";
import { folderStore } from "./folder-store.ts";

/** The bytes of one stored thing by name: the cleaned original and its copies. */
export type FileParts = Record<string, Buffer>;

/** Where files are kept. Keys and names are made in the process, never taken from a request, and checked all the same. */
export type FileStore = {
  put(key: string, parts: FileParts): Promise<void>;
  open(key: string, name: string): Promise<{ stream: Readable; bytes: number } | undefined>;
  remove(key: string): Promise<void>;
};

/** The bucket that the settings name, otherwise a folder of this machine. */
const store = () => (chosen ??= config.bucket ? bucketStore(config.bucket) : folderStore);
// Not one for the whole process: what it throws is known by its class, of which each copy of a module has its own.
let chosen: FileStore | undefined;

/**
 * Keeps all parts or none.
 *
 * @throws StorageFullError when there is no room
 */
export async function putFile(key: string, parts: FileParts): Promise<void> {
  for (const name of Object.keys(parts)) checkName(name);
  await store().put(checkedKey(key), parts);
}

/** One part, with its size; undefined when it is not there. */
export async function openFile(key: string, name: string): Promise<{ stream: Readable; bytes: number } | undefined> {
  checkName(name);
  return store().open(checkedKey(key), name);
}

/** Removes all of it. Safe to repeat. */
export async function deleteFile(key: string): Promise<void> {
  await store().remove(checkedKey(key));
}

function checkedKey(key: string): string {
  if (!/^[A-Za-z0-9_-]{22}$/.test(key)) throw new RangeError("Not a key");
  return key;
}

function checkName(name: string): void {
  if (!/^[a-z0-9]{1,12}(\.[a-z]{3,4})?$/.test(name)) throw new RangeError("Not a name of a part");
}
