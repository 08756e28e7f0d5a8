import { z } from "zod";
import { readSite } from "#app/community/site.ts";
import { config } from "#app/core/config.ts";
import { nullIfMissing } from "#app/core/errors.ts";
import { defineJob } from "#app/core/jobs.ts";
import { log } from "#app/core/log.ts";
import { guest } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { pathOfKey } from "./feed-keys.ts";
import { findFeed } from "./feeds.ts";
import { feedFormats } from "./paths.ts";
import { publicAddress } from "./write-feed.ts";

const PATIENCE_MS = 10_000;
/** About ten hours, with growing pauses. */
const ATTEMPTS = 11;

/**
 * Tells the hub that a public feed has something new, so that it fetches it for all who asked to be told (WebSub;
 * `hub.mode=publish` as in PubSubHubbub 0.4, which every hub takes). A feed that guests do not see is not named to it.
 */
export const tellHub = defineJob({
  name: "outside.tell-hub",
  input: z.object({ feed: z.string() }),
  maxAttempts: ATTEMPTS,
  async run({ feed }) {
    const hub = config.websubHub;
    const path = hub && (await publicPath(feed));
    if (path) await publish(hub, feedFormats.map((format) => publicAddress({ path }, format)));
  },
});

/** Where guests find it now; null when they do not. */
async function publicPath(key: string): Promise<string | null> {
  const path = await pathOfKey(key);
  if (!path) return null;
  const { name } = await readSite(db);
  return findFeed(guest, path, name).then((feed) => feed.path, nullIfMissing);
}

/** @throws Error when it is worth trying again: the hub cannot be reached, is overloaded or broken */
async function publish(hub: string, addresses: string[]): Promise<void> {
  const answer = await fetch(hub, {
    method: "POST",
    body: new URLSearchParams([["hub.mode", "publish"], ...addresses.map((address) => ["hub.url", address])]),
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  await answer.body?.cancel();
  if (answer.ok) return;
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Error(`The hub answered ${answer.status}.`);
  log.warn({ status: answer.status }, "the hub of feeds (WEBSUB_HUB) does not take what we tell it");
}
