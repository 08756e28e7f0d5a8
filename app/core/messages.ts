import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { formatMessage, type MessageValues } from "#app/ui/format-message.ts";
import { shared } from "./shared.ts";

export type { MessageValues };

type Areas = {
  accounts: typeof import("#app/accounts/messages/en.json");
  blogs: typeof import("#app/blogs/messages/en.json");
  community: typeof import("#app/community/messages/en.json");
  core: typeof import("#app/core/messages/en.json");
  discovery: typeof import("#app/discovery/messages/en.json") & typeof import("#app/discovery/messages/more/en.json");
  forums: typeof import("#app/forums/messages/en.json") & typeof import("#app/forums/messages/more/en.json");
  insights: typeof import("#app/insights/messages/en.json");
  notifications: typeof import("#app/notifications/messages/en.json") & typeof import("#app/notifications/messages/more/en.json");
  outside: typeof import("#app/outside/messages/en.json");
  profiles: typeof import("#app/profiles/messages/en.json");
  ui: typeof import("#app/ui/messages/en.json") & typeof import("#app/ui/messages/more/en.json");
  wikis: typeof import("#app/wikis/messages/en.json");
};

/** `area.name`: a sentence of `app/<area>/messages/en.json`, or of `messages/more/en.json` where an area has so many. */
export type MessageKey = { [Area in keyof Areas]: `${Area}.${keyof Areas[Area] & string}` }[keyof Areas];

/** Every area's sentences by language, read once from `app/<area>/messages/<locale>.json` and `messages/more/<locale>.json`. */
const catalog = shared("messages", () => {
  const byKey = new Map<string, string>();
  for (const area of readdirSync("app")) {
    const folder = path.join("app", area, "messages");
    for (const file of [folder, path.join(folder, "more")].flatMap(messageFiles)) {
      const locale = path.basename(file, ".json");
      const entries = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
      for (const [name, text] of Object.entries(entries)) byKey.set(`${locale}:${area}.${name}`, text);
    }
  }
  return byKey;
});

/** The sentence behind `key` in `locale`, else in English, with its values filled in. For mail, refusals and field errors. */
export function translate(locale: string, key: MessageKey, values?: MessageValues): string {
  return formatMessage(locale, catalog.get(`${locale}:${key}`) ?? catalog.get(`en:${key}`) ?? key, values);
}

export function isMessageKey(text: string): text is MessageKey {
  return catalog.has(`en:${text}`);
}

function messageFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(".json")).map((file) => path.join(folder, file));
  } catch {
    return [];
  }
}
