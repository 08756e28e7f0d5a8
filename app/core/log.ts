import { pino } from "pino";
import { config } from "./config.ts";
import { shared } from "./shared.ts";

/** Lines of JSON on standard output. Never log a password, token, cookie, mail text or address. */
export const log = shared("log", () =>
  pino({
    level: config.logLevel,
    redact: { paths: ["password", "token", "cookie", "*.password", "*.token", "headers.cookie", "headers.authorization"], censor: "[hidden]" },
  }),
);
