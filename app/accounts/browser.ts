import type { AppLoadContext } from "@remix-run/node";

/** Where a request comes from, as a session remembers it. */
export function browserOf(request: Request, { ip }: Pick<AppLoadContext, "ip">): { ip: string; userAgent: string } {
  return { ip, userAgent: request.headers.get("user-agent") ?? "" };
}
