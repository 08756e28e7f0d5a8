import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { MAX_NODES } from "./shape.ts";

/** Every node in reading order. It keeps its own stack and stops at the limit, whatever has been stored. */
export function* nodesOf(document: RichText): Generator<RichTextNode> {
  const waiting: RichTextNode[] = [document as RichTextNode];
  for (let count = 0, node = waiting.pop(); node && count < MAX_NODES; node = waiting.pop(), count++) {
    yield node;
    if (Array.isArray(node.content)) waiting.push(...node.content.filter((part) => typeof part === "object" && part !== null).slice(0, MAX_NODES).reverse());
  }
}
