import path from "node:path";
import { z } from "zod";
import { shared } from "./shared.ts";

const flag = z.enum(["0", "1", "true", "false"], { error: "it must be 0, 1, true or false" }).transform((text) => text === "1" || text === "true");
const levels = ["fatal", "error", "warn", "info", "debug", "silent"] as const;
const url = (protocols: RegExp, beginning: string) => z.url({ protocol: protocols, error: `it must be an address that begins with ${beginning}` });
const number = z.coerce.number({ error: "it must be a number" });
const count = (least: number, most: number) => number.int({ error: "it must be a whole number" }).min(least, { error: `it must be at least ${least}` }).max(most, { error: `it must be at most ${most}` });

// Every setting, its form and its default. A wrong one stops the start with the sentence given here.
const settings = z.object({
  PORT: count(1, 65535).default(3000),
  BASE_URL: url(/^https?$/, "http:// or https://").optional(),
  DATA_DIR: z.string().min(1).default("data"),
  DATABASE_URL: url(/^postgres(ql)?$/, "postgres://").optional(),
  MEILI_URL: url(/^https?$/, "http:// or https://").optional(),
  MEILI_KEY: z.string().optional(),
  MEILI_SEARCH_KEY: z.string().optional(),
  REDIS_URL: url(/^rediss?$/, "redis:// or rediss://").optional(),
  S3_ENDPOINT: url(/^https?$/, "http:// or https://").optional(),
  S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "it is no name of a bucket").optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_KEY_ID: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  SMTP_URL: url(/^smtps?$/, "smtp:// or smtps://").optional(),
  MAIL_FROM: z.string().default("Wellspring <community@localhost>"),
  SECRET: z.string().min(32, "it needs at least 32 characters").optional(),
  LM_URL: url(/^https?$/, "http:// or https://").optional(),
  LM_KEY: z.string().optional(),
  LM_MODEL: z.string().min(1).optional(),
  LM_DAILY_LIMIT: number.min(0).default(1),
  LM_INPUT_PRICE: number.min(0).default(0),
  LM_OUTPUT_PRICE: number.min(0).default(0),
  READ_TWICE: flag.default(true),
  WEBSUB_HUB: url(/^https?$/, "http:// or https://").optional(),
  DEMO: flag.optional(),
  RUN: z.string().regex(/^(web|worker)(,(web|worker))?$/, "it must be web, worker, or web,worker").default("web,worker"),
  WEB_PROCESSES: count(1, 64).default(1),
  TRUST_PROXY: count(0, 10).default(0),
  LOG_LEVEL: z.enum(levels, { error: `it must be one of ${levels.join(", ")}` }).default("info"),
});

/** A setting that cannot be right. `message` is one sentence that names it. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** Where files are kept when not in a folder: a server that speaks Amazon's S3 protocol. */
export type Bucket = { endpoint: string; name: string; region: string; keyId: string; secretKey: string };

/**
 * Reads the settings from the environment.
 *
 * @throws ConfigError naming the first one that is wrong
 */
export function readConfig(environment: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ConfigError(`The setting ${String(issue.path[0])} is wrong: ${issue.message}. See "Settings" in README.md.`);
  }
  const values = parsed.data;
  // Links, files and cookies stand at the root: below a path the first page would come without its look.
  if (values.BASE_URL && !/^https?:\/\/[^/?#]+\/?$/i.test(values.BASE_URL)) throw new ConfigError('The setting BASE_URL is wrong: it must end after the host, because the community cannot live below a path. See "Settings" in README.md.');
  return {
    port: values.PORT,
    baseUrl: (values.BASE_URL ?? `http://localhost:${values.PORT}`).replace(/\/$/, ""),
    dataDir: path.resolve(values.DATA_DIR),
    meiliUrl: values.MEILI_URL,
    meiliKey: values.MEILI_KEY,
    redisUrl: values.REDIS_URL,
    bucket: bucketOf(values),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    secret: values.SECRET,
    languageModel: languageModelOf(values),
    /** Whether what customers say is read a second time, by the encoder: better, and with some 400 MB while it reads. */
    readTwice: values.READ_TWICE,
    /** Where readers of public feeds can ask to be told at once (WebSub). */
    websubHub: values.WEBSUB_HUB,
    /** Demo data goes into an empty embedded database, unless told otherwise. */
    demo: values.DEMO ?? !values.DATABASE_URL,
    parts: values.RUN.split(",") as ("web" | "worker")[],
    /** How many processes make pages. With one, it is the one that does everything else too. */
    webProcesses: values.WEB_PROCESSES,
    /** How many proxies stand before us and may name the visitor's address. */
    trustProxy: values.TRUST_PROXY,
    logLevel: values.LOG_LEVEL,
  };
}

/** Any endpoint that speaks OpenAI's protocol. Prices are for a million tokens, the limit for a day, in one currency. */
export type LanguageModel = { url: string; key: string | undefined; model: string; dailyLimit: number; inputPrice: number; outputPrice: number };

function languageModelOf({ LM_URL: url, LM_KEY: key, LM_MODEL: model, LM_DAILY_LIMIT: dailyLimit, LM_INPUT_PRICE: inputPrice, LM_OUTPUT_PRICE: outputPrice }: z.infer<typeof settings>): LanguageModel | undefined {
  if (!url && !model) return undefined;
  if (!url || !model) throw new ConfigError(`The setting ${url ? "LM_MODEL" : "LM_URL"} is wrong: it must be set together with ${url ? "LM_URL" : "LM_MODEL"}. See "Settings" in README.md.`);
  return { url, key, model, dailyLimit, inputPrice, outputPrice };
}

/** All four or none: half a bucket would lose the first picture. */
function bucketOf(values: z.infer<typeof settings>): Bucket | undefined {
  const wanted = ["S3_ENDPOINT", "S3_BUCKET", "S3_KEY_ID", "S3_SECRET_KEY"] as const;
  const missing = wanted.filter((name) => !values[name]);
  if (missing.length === wanted.length) return undefined;
  if (missing.length > 0) throw new ConfigError(`The setting ${missing[0]} is wrong: it must be set together with ${wanted.filter((name) => name !== missing[0]).join(", ")}. See "Settings" in README.md.`);
  return { endpoint: values.S3_ENDPOINT!.replace(/\/$/, ""), name: values.S3_BUCKET!, region: values.S3_REGION, keyId: values.S3_KEY_ID!, secretKey: values.S3_SECRET_KEY! };
}

/** Read once in a process: the pages' own copy of this module comes later, when DATABASE_URL already names the embedded one. */
export const config = shared("config", () => readConfig(process.env));
