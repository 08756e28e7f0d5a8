import { redirect } from "@remix-run/node";
import { readSite } from "#app/community/site.ts";
import { config } from "#app/core/config.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader, noParams } from "#app/core/http.ts";
import { guest } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { answerFeed } from "../answer-feed.ts";
import { readFeed } from "../feeds.ts";
import { feedFormats } from "../paths.ts";
import { publicAddress } from "../write-feed.ts";

/**
 * `/latest.rss` and the twins of every other list. Whoever asks gets what a guest may see: a program that follows a place
 * must not be told more because a browser happened to fetch it first.
 */
export const loader = defineLoader({ params: noParams }, async ({ request, context }) => {
  const { pathname, search } = new URL(request.url);
  const format = feedFormats.find((each) => pathname.endsWith(`.${each}`));
  if (!format) throw new NotFoundError("feed");
  const asked = pathname.slice(0, -format.length - 1);
  const { name } = await readSite(db);
  const feed = await readFeed(guest, asked, name);
  if (asked !== feed.path) throw redirect(`${feed.path}.${format}${search}`, 301);

  const hub = config.websubHub;
  const links = (context.answerHeaders ??= new Headers());
  links.append("Link", `<${publicAddress(feed, format)}>; rel="self"`);
  if (hub) links.append("Link", `<${hub}>; rel="hub"`);
  const answer = answerFeed(request, feed, format, { site: name, hub });
  answer.headers.set("Cache-Control", "public, no-cache");
  return answer;
});
