/** Up to so many are all looked at: no index is as sure as looking. */
const FEW = 400;
/** How many are looked at closely when there are more. */
const LOOKED_AT = 64;
/** A direction is found by the axes along which it reaches farthest, and asked for by a few more or less of them. */
const KEPT_AXES = 16;
const ASKED_AXES = 10;

/**
 * Finds those whose direction may be near a given one, at a cost that hardly grows with their number: each stands under
 * its longest axes (compare Yagnik et al., "The power of comparative reasoning", ICCV 2011), and those met most, in the
 * measure of the axes' lengths, are looked at. What is found depends on what is in it alone, not on how it came there.
 */
export type Candidates = { put: (id: number, direction: Int8Array) => void; remove: (id: number) => void; near: (direction: Int8Array) => number[] };

export function openCandidates(size: number): Candidates {
  const cells = Array.from({ length: size * 2 }, () => new Map<number, number>());
  const axesOf = new Map<number, Int32Array>();

  return {
    put(id, direction) {
      const axes = longestAxes(direction, KEPT_AXES);
      const before = axesOf.get(id);
      if (before) for (const cell of before) cells[cell]!.delete(id);
      for (const cell of axes) cells[cell]!.set(id, Math.abs(direction[cell >> 1]!));
      axesOf.set(id, axes);
    },
    remove(id) {
      for (const cell of axesOf.get(id) ?? []) cells[cell]!.delete(id);
      axesOf.delete(id);
    },
    near(direction) {
      if (axesOf.size <= FEW) return [...axesOf.keys()];
      const met = new Map<number, number>();
      for (const cell of longestAxes(direction, ASKED_AXES)) {
        const length = Math.abs(direction[cell >> 1]!);
        for (const [id, other] of cells[cell]!) met.set(id, (met.get(id) ?? 0) + length * other);
      }
      if (met.size <= LOOKED_AT) return [...met.keys()];
      return [...met].sort(([a, x], [b, y]) => y - x || a - b).slice(0, LOOKED_AT).map(([id]) => id);
    },
  };
}

/** The axes along which a direction reaches farthest: axis times two, plus one where it is negative. */
function longestAxes(direction: Int8Array, count: number): Int32Array {
  const axes = new Int32Array(count).fill(-1);
  const lengths = new Float64Array(count);
  let held = 0;
  for (let d = 0; d < direction.length; d++) {
    const length = Math.abs(direction[d]!);
    if (length === 0 || (held === count && length <= lengths[count - 1]!)) continue;
    let at = held < count ? held++ : count - 1;
    while (at > 0 && lengths[at - 1]! < length) {
      lengths[at] = lengths[at - 1]!;
      axes[at] = axes[at - 1]!;
      at--;
    }
    lengths[at] = length;
    axes[at] = d * 2 + (direction[d]! < 0 ? 1 : 0);
  }
  return axes.subarray(0, held);
}
