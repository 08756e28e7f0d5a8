/** How deep parts may stand in one another, how many there may be, and how much the whole may weigh as JSON. */
export const MAX_DEPTH = 20;
export const MAX_NODES = 10_000;
export const MAX_BYTES = 256 * 1024;

/**
 * Refuses what would cost too much to look at closely. It keeps its own stack, because a deep enough nest ends any
 * function that calls itself.
 *
 * @throws RangeError for nodes too deep or too many
 */
export function checkShape(document: unknown): void {
  const waiting: [node: unknown, depth: number][] = [[document, 0]];
  let count = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, depth] = next;
    if (depth > MAX_DEPTH) throw new RangeError("Nested too deeply");
    if (++count > MAX_NODES) throw new RangeError("Too many parts");
    const content = (node as { content?: unknown } | null)?.content;
    if (!Array.isArray(content)) continue;
    if (content.length > MAX_NODES) throw new RangeError("Too many parts");
    for (const part of content) waiting.push([part, depth + 1]);
  }
}
