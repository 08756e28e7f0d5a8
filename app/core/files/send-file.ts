import { NotFoundError } from "../errors.ts";
import { streamed } from "../streamed.ts";
import { openFile } from "./store.ts";

type SendOptions = { contentType: string; name: string; cacheControl: string };

/**
 * Answers with one part of a file. Nothing in it can run: browsers may not guess another type, and opened by itself it
 * may load nothing.
 *
 * @throws NotFoundError when its bytes are gone
 */
export async function sendFile(request: Request, key: string, part: string, { contentType, name, cacheControl }: SendOptions): Promise<Response> {
  const etag = `"${key}-${part}"`;
  const headers = new Headers({
    "Content-Type": contentType,
    "Cache-Control": cacheControl,
    ETag: etag,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": disposition(contentType, name),
  });
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  const found = await openFile(key, part);
  if (!found) throw new NotFoundError("file");
  headers.set("Content-Length", String(found.bytes));
  if (request.method === "HEAD") {
    found.stream.destroy();
    return new Response(null, { headers });
  }
  return new Response(streamed(found.stream), { headers });
}

/** Only pictures are shown in place (RFC 6266; the name in RFC 8187's form). */
function disposition(contentType: string, name: string): string {
  const kind = /^image\/(jpeg|png|webp|gif)$/.test(contentType) ? "inline" : "attachment";
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename*=UTF-8''${encoded}`;
}
