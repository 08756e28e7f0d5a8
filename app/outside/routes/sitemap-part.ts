import { Readable } from "node:stream";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { streamed } from "#app/core/streamed.ts";
import { addressesOf, mapKinds, writePart } from "../sitemap.ts";

const params = z.object({ kind: z.enum(mapKinds), part: idParam.refine((part) => part <= 1_000_000) });

/** `/sitemaps/topics/3.xml`: sent as it is read, and kept by nobody of ours, being large and seldom asked for. */
export const loader = defineLoader({ params }, async ({ params: { kind, part } }) => {
  const batches = addressesOf(kind, part);
  // An empty part is none; and what fails at once should still be an error, not half a map.
  const first = await batches.next();
  if (first.done) throw new NotFoundError("map");
  const all = async function* () {
    yield first.value;
    yield* batches;
  };
  return new Response(streamed(Readable.from(writePart(all()))), { headers: { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": "public, max-age=3600" } });
});
