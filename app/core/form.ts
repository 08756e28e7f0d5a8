import { InvalidInputError, TooLargeError, WrongTypeError } from "./errors.ts";

/** A form as sent: a field named twice is a list, which a schema that wants a string refuses. */
export type FormValues = Record<string, string | string[]>;

/** The most a form may weigh. Uploads have their own route and limits. */
const MAX_BYTES = 1024 * 1024;
const MAX_FIELDS = 1000;

/**
 * Reads a form's fields. Files are refused: they are uploaded on their own.
 *
 * @throws TooLargeError above one megabyte, or a thousand fields
 * @throws WrongTypeError when it does not say that it is a form
 * @throws InvalidInputError when the body is no form after all
 */
export async function readForm(request: Request, maxBytes = MAX_BYTES): Promise<FormValues> {
  if (bytesOf(request) > maxBytes) throw new TooLargeError("core.tooLarge");
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(request.headers.get("content-type") ?? "")) {
    // A button alone in its form sends nothing, and some clients then name no type.
    if (!request.body || request.headers.get("content-length") === "0") return Object.create(null) as FormValues;
    throw new WrongTypeError("core.notAForm");
  }
  const form = await request.formData().catch(() => {
    throw new InvalidInputError("form", "core.notAForm");
  });
  const values: FormValues = Object.create(null) as FormValues;
  let count = 0;
  for (const [name, value] of form) {
    if (++count > MAX_FIELDS) throw new TooLargeError("core.tooLarge");
    // A zero character cannot be stored, and nobody types one.
    if (typeof value !== "string" || `${name}${value}`.includes("\0")) throw new InvalidInputError(name, "core.invalid");
    const before = values[name];
    if (before === undefined) values[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else values[name] = [before, value];
  }
  return values;
}

/** Whether it weighs more than a form may. */
export function isTooLarge(request: Request): boolean {
  return bytesOf(request) > MAX_BYTES;
}

function bytesOf(request: Request): number {
  return Number(request.headers.get("content-length") ?? 0);
}
