/**
 * The settings. Read here first, because a mistake in them is a person's and deserves a sentence, not a stack.
 *
 * @throws ConfigError naming the first one that is wrong
 */
export async function checkedConfig() {
  return (await import("#app/core/config.ts")).config;
}

/** One sentence for what the person who starts us can put right; undefined for a bug. */
export function sentenceOf(error: unknown): string | undefined {
  const { name, message, code, port } = error as { name?: string; message?: string; code?: string; port?: number };
  if (name === "ConfigError" || name === "DatabaseUnreachableError" || name === "ForeignSchemaError") return message;
  if (code === "EADDRINUSE") return `The port ${port} is taken by another program. Stop that one, or set PORT to a free port.`;
  if (code === "EACCES" && port) return `The port ${port} may not be used by this account. Set PORT to one above 1023.`;
  return undefined;
}
