import { InvalidInputError } from "./errors.ts";
import type { MessageKey } from "./messages.ts";

/**
 * Does what may hit a unique index, and says at a form's field that the value is taken. The index decides, because two
 * people may choose the same name in the same moment.
 *
 * @throws InvalidInputError when it was taken
 */
export async function refuseTaken<Result>(field: string, key: MessageKey, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    if (cause?.code === "23505") throw new InvalidInputError(field, key);
    throw error;
  }
}
