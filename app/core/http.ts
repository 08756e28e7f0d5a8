import { data, redirect, type ActionFunctionArgs, type AppLoadContext, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { isBadValue, isDatabaseAway } from "#db/is-away.ts";
import { isWritten } from "#app/ui/is-written.ts";
import { AppError, InvalidInputError, NotFoundError, RateLimitedError, SignInRequiredError, TooLargeError, UnavailableError } from "./errors.ts";
import { isTooLarge, readForm, type FormValues } from "./form.ts";
import { isMessageKey, translate, type MessageKey } from "./messages.ts";
import type { Decision } from "./policy.ts";
import { readViewer } from "./session.ts";
import { guest, wasSignedOut, type Viewer } from "./viewer.ts";

/** What an action answers when the form must be shown again: why, where, and what had been typed. */
export type Problem = {
  ok: false;
  status: number;
  message: string;
  /** Sentences by the name of the field they belong to. */
  fields: Record<string, string[]>;
  /** What was sent, so that a page without scripts can show it again. Secrets are left out. */
  values: Record<string, string>;
};

/** What a browser without scripts is told whose form came after its session had ended: all that was typed, to be sent once more. */
export type Unsent = { message: string; values: FormValues };

declare module "@remix-run/node" {
  interface AppLoadContext {
    /** For `<script nonce>`; the Content-Security-Policy of this answer names it. */
    nonce: string;
    requestId: string;
    /** The visitor's address, as far as proxies may be trusted. */
    ip: string;
    /** Headers for the answer, also where Remix would drop those of a loader or an action. */
    answerHeaders?: Headers;
    /** Whether a script asks for what a page shows, and not a browser for the page. */
    asksForData?: boolean;
    /** What the page says of itself in the words of schema.org, for its end. */
    structured?: object[];
    /** The page itself. Handed over past the answer's body, which would have to be read back out of a stream. */
    page?: Buffer;
    /** Read once for all loaders of a request. */
    viewer?: Promise<Viewer>;
  }
}

type LoadArgs<Params> = { viewer: Viewer; params: Params; request: Request; context: AppLoadContext };

/**
 * Whether a form was sent: by the request itself, or, for a loader, by the one behind which it makes the page anew. Such
 * a request is never led elsewhere, not even to a better name of the same thing: what was typed would be lost.
 */
export function cameWithForm({ headers }: Request): boolean {
  return headers.has("content-type");
}

/** The viewer of a request, read from the database once however many loaders ask. */
export function viewerOf(request: Request, context: AppLoadContext): Promise<Viewer> {
  return (context.viewer ??= readViewer(request.headers.get("cookie")));
}

/**
 * A loader that knows its viewer and its params, and turns an AppError into the
 * matching status. Params that do not parse are a 404: no such page can exist.
 */
export function defineLoader<Params, Result>(
  { params }: { params: z.ZodType<Params> },
  load: (args: LoadArgs<Params>) => Promise<Result>,
) {
  return async ({ request, context, params: raw }: LoaderFunctionArgs): Promise<Result> => {
    let viewer: Viewer = guest;
    try {
      viewer = await viewerOf(request, context);
      return await load({ viewer, params: parseParams(params, raw), request, context });
    } catch (error) {
      throw asResponse(asRefusal(error), request, context, viewer);
    }
  };
}

/** An action that also parses its form. Refusals come back as a Problem for the form to show. */
export function defineAction<Params, Input, Result>(
  { params, input, returnsUpTo, openTo = "members" }: {
    params: z.ZodType<Params>;
    input: z.ZodType<Input>;
    /** For long texts: a form refused for its weight comes back with what was typed, up to so many bytes. */
    returnsUpTo?: number;
    /** `guests`: a form that those who are not signed in fill in. Any other tells them to sign in before it tells what is wrong in it. */
    openTo?: "members" | "guests";
  },
  act: (args: LoadArgs<Params> & { input: Input }) => Promise<Result>,
) {
  return async ({ request, context, params: raw }: ActionFunctionArgs) => {
    let viewer: Viewer = guest;
    let values: FormValues = {};
    try {
      viewer = await viewerOf(request, context);
      values = await readForm(request, returnsUpTo);
      const isHeavy = isTooLarge(request);
      const form = input.safeParse(isHeavy ? undefined : values);
      if (viewer.kind === "guest" && openTo === "members" && !form.success) throw new SignInRequiredError();
      if (isHeavy) throw new TooLargeError("core.tooLarge");
      if (!form.success) return problem(422, translate(viewer.locale, "core.correctFields"), values, fieldsOf(form.error, viewer.locale));
      return await act({ viewer, params: parseParams(params, raw), input: form.data, request, context });
    } catch (thrown) {
      const error = isBadValue(thrown) ? new InvalidInputError("form", "core.invalid") : asRefusal(thrown);
      if (error instanceof InvalidInputError) {
        const sentence = translate(viewer.locale, error.key, error.values);
        return problem(422, translate(viewer.locale, "core.correctFields"), values, { [error.field]: [sentence] });
      }
      // Whoever writes was signed in when they began, also where their cookie is gone: signed out in another tab, or run out.
      if (mayBeForMembers(error) && (wasSignedOut(viewer) || (error instanceof SignInRequiredError && holdsWords(values)))) {
        const sentence = translate(viewer.locale, "core.signedOutUnsent");
        // A page with scripts stays as it is, with all that is in it. Another is made anew, by someone who may not see it.
        if (context.asksForData) return problem(401, sentence, values);
        throw data({ message: sentence, values: withoutSecrets(values) } satisfies Unsent, { status: 401 });
      }
      if (error instanceof AppError && error.status !== 404 && error.status !== 401) {
        noteRetryAfter(error, context);
        return problem(error.status, translate(viewer.locale, error.key, error.values), values);
      }
      throw asResponse(error, request, context, viewer);
    }
  };
}

/** Why a viewer may not, in their language; null when they may. For loaders to hand to forms. */
export function refusalOf(viewer: Viewer, decision: Decision): string | null {
  return decision.allowed ? null : translate(viewer.locale, decision.reason, decision.values);
}

/**
 * The loader of a route that is only an act, with `RefusedAct` as its page: whoever comes by its address alone, such as
 * after signing in, is led to where the act belongs.
 *
 * Behind the act itself it must stay, or a refusal is never read: the page is told the way, and takes it when it has
 * none to show. Remix then asks by GET with the headers of the form, or, from a script, for the data anew.
 */
export function leadTo<Params>({ params }: { params: z.ZodType<Params> }, place: (args: LoadArgs<Params>) => string | Promise<string>) {
  return defineLoader({ params }, async (args) => {
    const to = await place(args);
    if (args.context.asksForData || cameWithForm(args.request)) return { to };
    throw redirect(to);
  });
}

/** An action that only scripts ask, on a route without a page: whatever it answers is JSON with its status. */
export function inJson(action: (args: ActionFunctionArgs) => Promise<unknown>) {
  return async (args: ActionFunctionArgs): Promise<Response> => {
    const answer = await action(args).catch((thrown: unknown) => thrown);
    if (answer instanceof Response) return answer;
    if (answer instanceof Error) throw answer;
    const { data: body = answer, init } = answer as { data?: unknown; init?: ResponseInit | null };
    return Response.json(body, init ?? undefined);
  };
}

/** For routes without params. */
export const noParams = z.object({});

/** The sentences for what zod refused, by field. A schema's own message is the key of one of ours. */
export function fieldsOf(error: z.ZodError, locale: string): Problem["fields"] {
  const fields: Problem["fields"] = {};
  for (const issue of error.issues) (fields[String(issue.path[0] ?? "form")] ??= []).push(sentenceOf(issue, locale));
  return fields;
}

function sentenceOf(issue: z.core.$ZodIssue, locale: string): string {
  const values = issue as { minimum?: number; maximum?: number };
  const limits = { minimum: Number(values.minimum ?? 0), maximum: Number(values.maximum ?? 0) };
  if (isMessageKey(issue.message)) return translate(locale, issue.message, limits);
  const byCode: Record<string, MessageKey> = { too_big: "core.tooLong", too_small: limits.minimum <= 1 ? "core.required" : "core.tooShort" };
  return translate(locale, byCode[issue.code] ?? "core.invalid", limits);
}

function problem(status: number, message: string, values: FormValues, fields: Problem["fields"] = {}) {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(withoutSecrets(values))) if (typeof value === "string") kept[name] = value;
  const body: Problem = { ok: false, status, message, fields, values: kept };
  return data(body, { status });
}

/** Whether something was written in a form: more than what its buttons and choices say. */
function holdsWords(values: FormValues): boolean {
  return Object.entries(withoutSecrets(values)).some(([name, value]) => typeof value === "string" && (name === "body" || name === "title" ? value.trim() !== "" : isWritten(value)));
}

function withoutSecrets(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !/password|token/i.test(name)));
}

/** What members might get where a guest does not. That something is hidden is not told by it: what is missing answers the same. */
function mayBeForMembers(error: unknown): boolean {
  return error instanceof SignInRequiredError || error instanceof NotFoundError;
}

function noteRetryAfter(error: AppError, context: AppLoadContext): void {
  if (error instanceof RateLimitedError) (context.answerHeaders ??= new Headers()).set("Retry-After", String(error.retryAfterSeconds));
}

/** Failures that are no bugs: the database is away, or was handed a value that no row can hold, as an address may ask for. */
function asRefusal(error: unknown): unknown {
  if (isDatabaseAway(error)) return new UnavailableError();
  return isBadValue(error) ? new NotFoundError("page") : error;
}

function parseParams<Params>(schema: z.ZodType<Params>, raw: unknown): Params {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw new NotFoundError("page");
  return parsed.data;
}

/** Responses and bugs pass through untouched. */
function asResponse(error: unknown, request: Request, context: AppLoadContext, viewer: Viewer): unknown {
  if (wasSignedOut(viewer) && mayBeForMembers(error)) return data(translate(viewer.locale, "core.signedOut"), { status: 401 });
  if (error instanceof SignInRequiredError) {
    const { pathname, search } = new URL(request.url);
    return redirect(`/sign-in?next=${encodeURIComponent(request.method === "GET" ? pathname + search : pathname)}`);
  }
  if (error instanceof AppError) {
    noteRetryAfter(error, context);
    return data(translate(viewer.locale, error.key, error.values), { status: error.status });
  }
  return error;
}
