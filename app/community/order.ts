/** The ids in their new order when one of them goes a step up or down; the same order at either end. */
export function placedBeside(rows: { id: number }[], id: number, direction: "up" | "down"): number[] {
  const ids = rows.map((row) => row.id);
  const from = ids.indexOf(id);
  const to = from + (direction === "up" ? -1 : 1);
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  [ids[from], ids[to]] = [ids[to]!, ids[from]!];
  return ids;
}
