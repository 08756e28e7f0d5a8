import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import { beginSession } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { createApp } from "#app/server/web.ts";

// NODE_ENV is "test" here; the built pages are served, as in production.
const app = await createApp();
const server = createServer(app);
await new Promise<void>((resolve) => server.listen(0, resolve));
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app.close();
});

/** Where this test file's web server listens, such as `http://localhost:41234`. */
export const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

type Visit = {
  /** Whose browser it is; a guest's when left out. */
  as?: Member;
  /** A Cookie header of your own instead. */
  cookie?: string;
  /** Posts a form. A field given as a list is sent several times. */
  form?: Record<string, string | string[]>;
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
};

/** Asks the real server for a page over HTTP, or posts a form to it. Redirects are answered, not followed. */
export async function visit(path: string, { as, cookie, form, method, headers, body }: Visit = {}): Promise<Response> {
  const all = new Headers(headers);
  const cookies = cookie ?? (as ? await cookieOf(as) : undefined);
  if (cookies) all.set("cookie", cookies);
  return fetch(origin + path, {
    method: method ?? (form || body ? "POST" : "GET"),
    headers: all,
    body: form ? formOf(form) : body,
    redirect: "manual",
  });
}

/** A Cookie header with a new session of the member's. */
export async function cookieOf(member: Member): Promise<string> {
  return (await beginSession(member.id, { ip: "127.0.0.1", userAgent: "test" })).split(";")[0]!;
}

function formOf(fields: Record<string, string | string[]>): URLSearchParams {
  return new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])));
}
