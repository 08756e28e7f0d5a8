import { config } from "#app/core/config.ts";

/** What is not worth a crawler's time. What must not be found is said by `X-Robots-Tag`, which only those read who may come. */
const shut = ["/admin", "/settings", "/notifications", "/drafts", "/new-topic", "/search", "/preview", "/insights", "/feeds"];

export function loader(): Response {
  const lines = ["User-agent: *", ...shut.map((path) => `Disallow: ${path}`), "", `Sitemap: ${config.baseUrl}/sitemap.xml`, ""];
  return new Response(lines.join("\n"), { headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=3600" } });
}
