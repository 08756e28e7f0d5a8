export * from "./accounts.ts";
export * from "./community.ts";
export * from "./files.ts";
export * from "./forums.ts";
export * from "./imports.ts";
export * from "./notifications.ts";
export * from "./realtime.ts";
export * from "./topic-kind.ts";
