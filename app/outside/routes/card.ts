import { redirect } from "@remix-run/node";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { cardVersion } from "#app/ui/card-version.ts";
import { cardKinds, readCardWords } from "../cards/card-subjects.ts";
import { cardNamed } from "../cards/cards.ts";
import { cardPath } from "../paths.ts";

const params = z.object({ kind: z.enum(cardKinds), id: idParam, version: z.string().max(40).optional() });
const PER_NETWORK = { points: 120, perSeconds: 60 };

/**
 * `/cards/topic/5/1k9….png`: the picture by which a page is known where somebody shares it. It is there for whom the
 * page is there, and its name changes with what stands on it: any other leads to the right one, but for members.
 */
export const loader = defineLoader({ params }, async ({ viewer, request, context, params: { kind, id, version } }) => {
  const words = await readCardWords(viewer, kind, id);
  const right = cardVersion(words);
  if (version !== `${right}.png`) {
    // Nobody is handed a list of people by counting: whoever has read the name has the right address.
    if (kind === "member") throw new NotFoundError("card");
    throw redirect(cardPath(kind, id, right), 302);
  }
  const headers = new Headers({
    "Content-Type": "image/png", ETag: `"${right}"`,
    // A minute only: what is hidden later must be gone from what stands between, too.
    "Cache-Control": viewer.kind === "guest" ? "public, max-age=60" : "private, max-age=60",
    // Others show it beside the link.
    "Cross-Origin-Resource-Policy": "cross-origin",
  });
  if (request.headers.get("if-none-match") === `"${right}"`) return new Response(null, { status: 304, headers });
  await limitRate("cards from", context.ip, PER_NETWORK);
  const picture = await cardNamed(`${kind}:${id}:${right}`, words);
  headers.set("Content-Length", String(picture.length));
  return new Response(new Uint8Array(picture), { headers });
});
