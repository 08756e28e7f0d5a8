import { z } from "zod";
import { readSite } from "#app/community/site.ts";
import { config } from "#app/core/config.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { db } from "#db/client.ts";
import { answerFeed } from "../answer-feed.ts";
import { tagUri } from "../feed.ts";
import { feedFormats, privateFeedPath } from "../paths.ts";
import { readByToken } from "../private-feeds.ts";

/** From one network, whatever they ask for. Services that read for many come from one. */
const PER_NETWORK = { points: 600, perSeconds: 60 };
/** Of one address: a reader on each of several devices that looks every minute. */
const PER_ADDRESS = { points: 60, perSeconds: 600 };

/**
 * `/feeds/:token/:format`: a member's own address of a list. It tells what they may see at this moment, to whoever has
 * it, and nothing is remembered on the way but in the reader itself. One that is none, no more, or of what they may not
 * see any longer is not found.
 */
export const loader = defineLoader({ params: z.object({ token: z.string(), format: z.string() }) }, async ({ request, context, params: { token, format: asked } }) => {
  const headers = (context.answerHeaders ??= new Headers());
  headers.set("Cache-Control", "private, no-cache");
  // A picture or a link in it must not tell others the address.
  headers.set("Referrer-Policy", "no-referrer");
  await limitRate("private feeds from", context.ip, PER_NETWORK);
  const format = feedFormats.find((each) => each === asked);
  if (!format) throw new NotFoundError("feed");
  const { name } = await readSite(db);
  const { addressId, feed } = await readByToken(token, name, (secret) => limitRate("private feed", secret, PER_ADDRESS));
  // Another name than the public feed's: a service that reads both must not show one's entries to readers of the other.
  return answerFeed(request, feed, format, { site: name, id: tagUri(feed.key, "for", addressId), self: config.baseUrl + privateFeedPath(token, format) });
});
