import type { MessageKey, MessageValues } from "./messages.ts";

/**
 * Something a person did that we understand and can explain to them.
 *
 * `key` names a sentence in a message file and is shown to that person in their language. Any other error is
 * a bug: it is logged with its stack, and the person sees a plain 500 page.
 */
export abstract class AppError extends Error {
  /** The HTTP status a route answers with. */
  abstract readonly status: number;

  constructor(
    readonly key: MessageKey,
    readonly values?: MessageValues,
  ) {
    super(key);
  }

  override get name() {
    return this.constructor.name;
  }
}

/** Missing, or hidden from this viewer. One error for both, so that hidden things cannot be probed. */
export class NotFoundError extends AppError {
  readonly status = 404;

  /** `what` is for logs and tests; the viewer reads the same sentence whatever it was. */
  constructor(readonly what: string) {
    super("core.notFound");
  }
}

/** For `catch`, where what is missing or hidden is one answer among others: null. Any other error goes on. */
export function nullIfMissing(error: unknown): null {
  if (error instanceof NotFoundError) return null;
  throw error;
}

/** Visible, but not allowed. The message is the policy's reason. */
export class ForbiddenError extends AppError {
  readonly status = 403;
}

/** It collides with what is already there: a name taken, a page edited by someone else meanwhile. */
export class ConflictError extends AppError {
  readonly status = 409;
}

/** Understood, but not acceptable: shown at `field`, with what was typed kept. */
export class InvalidInputError extends AppError {
  readonly status = 422;

  constructor(
    readonly field: string,
    key: MessageKey,
    values?: MessageValues,
  ) {
    super(key, values);
  }
}

/** More than we take in one request. */
export class TooLargeError extends AppError {
  readonly status = 413;
}

/** Sent as something that is no form. */
export class WrongTypeError extends AppError {
  readonly status = 415;
}

/** Something we depend on is away for the moment; the same request will work later. */
export class UnavailableError extends AppError {
  readonly status = 503;

  constructor() {
    super("core.unavailable");
  }
}

/** There is no room left to keep it. */
export class StorageFullError extends AppError {
  readonly status = 507;
}

/** The viewer must sign in first. */
export class SignInRequiredError extends AppError {
  readonly status = 401;

  constructor() {
    super("core.signInRequired");
  }
}

/** Too many attempts in a short time. */
export class RateLimitedError extends AppError {
  readonly status = 429;

  constructor(readonly retryAfterSeconds: number) {
    super("core.rateLimited", { seconds: retryAfterSeconds });
  }
}
