import { defineLoader, noParams } from "#app/core/http.ts";
import { db } from "#db/client.ts";
import { readSite } from "../site.ts";

/** What a phone needs to keep the community on its home screen, under its own name. */
export const loader = defineLoader({ params: noParams }, async () => {
  const { name, tagline } = await readSite(db);
  const icons = [192, 512].map((size) => ({ src: `/icon-${size}.png`, sizes: `${size}x${size}`, type: "image/png", purpose: "any" }));
  const manifest = { name, short_name: name.slice(0, 24), description: tagline || undefined, start_url: "/", display: "standalone", background_color: "#fdfcfa", theme_color: "#2f6f5e", icons };
  return new Response(JSON.stringify(manifest), { headers: { "Content-Type": "application/manifest+json", "Cache-Control": "public, max-age=3600" } });
});
