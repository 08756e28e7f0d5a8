import { InvalidInputError, TooLargeError } from "./errors.ts";

/** A form as sent: a field named twice is a list, which a schema that wants a string refuses. */
export type FormValues = Record<string, string | string[]>;

/** The most a form may weigh. Uploads have their own route and limits. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a form's fields. Files are refused: they are uploaded on their own.
 *
 * @throws TooLargeError above one megabyte
 * @throws InvalidInputError when the body is no form
 */
export async function readForm(request: Request): Promise<FormValues> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) throw new TooLargeError("core.tooLarge");
  const form = await request.formData().catch(() => {
    throw new InvalidInputError("form", "core.notAForm");
  });
  const values: FormValues = Object.create(null) as FormValues;
  for (const [name, value] of form) {
    // A zero character cannot be stored, and nobody types one.
    if (typeof value !== "string" || `${name}${value}`.includes("\0")) throw new InvalidInputError(name, "core.invalid");
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  return values;
}
