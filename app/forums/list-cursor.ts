/** A place in a list: after or before the row with this sort key and id. */
export type ListCursor = { direction: "after" | "before"; key: string; id: number };

const pattern = /^([ab])(-?\d{1,17}(?:\.\d{1,17}(?:e-?\d{1,3})?)?)_(\d{1,15})$/;

/** For addresses. Nobody should build one by hand, so it does not look as if one could. */
export function encodeCursor({ direction, key, id }: ListCursor): string {
  return Buffer.from(`${direction === "after" ? "a" : "b"}${key}_${id}`).toString("base64url");
}

/** Null for anything we did not make: such an address shows the list from its start. */
export function decodeCursor(text: string | null | undefined): ListCursor | null {
  if (!text || text.length > 80) return null;
  const parts = pattern.exec(Buffer.from(text, "base64url").toString("latin1"));
  return parts && { direction: parts[1] === "a" ? "after" : "before", key: parts[2]!, id: Number(parts[3]) };
}
