import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import busboy from "busboy";
import { InvalidInputError, TooLargeError } from "../errors.ts";

export const MAX_MEGABYTES = 10;
const MAX_BYTES = MAX_MEGABYTES * 1024 * 1024;

export type Upload = { name: string; bytes: Buffer; fields: Record<string, string> };

/**
 * Reads a form with one file. It is held in memory until it is known to be good, so a refused or broken off upload
 * leaves nothing behind.
 *
 * @throws TooLargeError above ten megabytes, as soon as that is known
 * @throws InvalidInputError when no file came, more than one, or what came is no such form
 */
export async function receiveUpload(request: Request): Promise<Upload> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES + 64 * 1024) throw tooLarge();
  if (!request.body || !/^multipart\/form-data\s*;/i.test(request.headers.get("content-type") ?? "")) throw new InvalidInputError("file", "core.fileMissing");
  return new Promise((resolve, reject) => {
    const source = Readable.fromWeb(request.body as ReadableStream);
    const fail = (error: unknown) => {
      source.destroy();
      reject(error);
    };
    let form: busboy.Busboy;
    try {
      form = busboy({ headers: Object.fromEntries(request.headers), defParamCharset: "utf8", limits: { files: 1, fileSize: MAX_BYTES, fields: 10, fieldSize: 10_000, parts: 12 } });
    } catch {
      return fail(new InvalidInputError("file", "core.notAForm"));
    }
    const fields: Upload["fields"] = Object.create(null) as Upload["fields"];
    let file: { name: string; chunks: Buffer[] } | undefined;
    form.on("field", (name, value) => void (fields[name] = value));
    form.on("file", (_field, stream, { filename }) => {
      const chunks: Buffer[] = [];
      file = { name: filename ?? "", chunks };
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("limit", () => fail(tooLarge()));
      // Broken off in the middle of the file: the source fails too, and that is what is answered.
      stream.on("error", () => {});
    });
    form.on("filesLimit", () => fail(new InvalidInputError("file", "core.filesOneAtATime")));
    form.on("error", () => fail(new InvalidInputError("file", "core.notAForm")));
    form.on("close", () => {
      const bytes = Buffer.concat(file?.chunks ?? []);
      if (bytes.length === 0) fail(new InvalidInputError("file", "core.fileMissing"));
      else resolve({ name: harmlessName(file!.name), bytes, fields });
    });
    source.on("error", () => fail(new InvalidInputError("file", "core.notAForm")));
    request.signal.addEventListener("abort", () => fail(new InvalidInputError("file", "core.notAForm")), { once: true });
    source.pipe(form);
  });
}

/** A name to show and to save under: no path, nothing that turns the line around or ends it, no endless one. */
export function harmlessName(name: string): string {
  const last = name.split(/[/\\]/).at(-1)!.replace(/[\p{Cc}\p{Cf}\p{Surrogate}"<>:|?*]/gu, "").trim();
  return last.replace(/^\.+/, "").slice(-100) || "file";
}

function tooLarge(): TooLargeError {
  return new TooLargeError("core.fileTooLarge", { megabytes: MAX_MEGABYTES });
}
