/** Up to so many are all looked at: no index is as sure as looking. */
const FEW = 300;
/** How many are looked at closely when there are more. */
const LOOKED_AT = 40;
/** A direction is found by the axes along which it reaches farthest, and asked for by a few less of them. */
const KEPT_AXES = 28;
const ASKED_AXES = 18;
/** Numbers given to themes stay below this. */
const NUMBERS = 2 ** 32;

/**
 * Finds those whose direction may be near a given one, at a cost that hardly grows with their number: each stands under
 * its longest axes (compare Yagnik et al., "The power of comparative reasoning", ICCV 2011), and those met most, in the
 * measure of the axes' lengths, are looked at, the most promising first. What is found depends on what is in it alone,
 * not on how it came there.
 */
export type Candidates = { put: (id: number, direction: Int8Array) => void; remove: (id: number) => void; near: (direction: Int8Array) => number[] };

/** Those under one axis: their places and how far they reach along it. */
type Cell = { count: number; slots: Int32Array; lengths: Int8Array };
/** Where one stands: its axes, and its place under each of them. */
type Entry = { slot: number; axes: Int32Array };

export function openCandidates(size: number): Candidates {
  const cells: Cell[] = Array.from({ length: size * 2 }, () => ({ count: 0, slots: new Int32Array(4), lengths: new Int8Array(4) }));
  const entries = new Map<number, Entry>();
  const free: number[] = [];
  let ids = new Float64Array(1024);
  let met = new Int32Array(1024);
  let touched = new Int32Array(1024);
  let slots = 0;

  function slotFor(id: number): number {
    const slot = free.pop() ?? slots++;
    if (slot >= ids.length) {
      ids = grown(ids, new Float64Array(ids.length * 2));
      met = new Int32Array(ids.length);
      touched = new Int32Array(ids.length);
    }
    ids[slot] = id;
    return slot;
  }

  function takeOut({ slot, axes }: Entry): void {
    for (const axis of axes) {
      const cell = cells[axis]!;
      const at = cell.slots.subarray(0, cell.count).indexOf(slot);
      cell.count--;
      cell.slots[at] = cell.slots[cell.count]!;
      cell.lengths[at] = cell.lengths[cell.count]!;
    }
  }

  return {
    put(id, direction) {
      const before = entries.get(id);
      if (before) takeOut(before);
      const slot = before?.slot ?? slotFor(id);
      const axes = longestAxes(direction, KEPT_AXES);
      for (const axis of axes) {
        const cell = cells[axis]!;
        if (cell.count === cell.slots.length) {
          cell.slots = grown(cell.slots, new Int32Array(cell.count * 2));
          cell.lengths = grown(cell.lengths, new Int8Array(cell.count * 2));
        }
        cell.slots[cell.count] = slot;
        cell.lengths[cell.count++] = Math.abs(direction[axis >> 1]!);
      }
      entries.set(id, { slot, axes });
    },
    remove(id) {
      const entry = entries.get(id);
      if (!entry) return;
      takeOut(entry);
      free.push(entry.slot);
      entries.delete(id);
    },
    near(direction) {
      if (entries.size <= FEW) return [...entries.keys()];
      let count = 0;
      for (const axis of longestAxes(direction, ASKED_AXES)) {
        const { slots: here, lengths, count: many } = cells[axis]!;
        const length = Math.abs(direction[axis >> 1]!);
        for (let at = 0; at < many; at++) {
          const slot = here[at]!;
          if (met[slot] === 0) touched[count++] = slot;
          met[slot]! += length * lengths[at]!;
        }
      }
      const least = leastOfMost(met, touched, count);
      // One number says both: the more met the smaller, then the older the smaller.
      const order: number[] = [];
      for (let at = 0; at < count; at++) {
        const slot = touched[at]!;
        if (met[slot]! >= least) order.push(ids[slot]! - met[slot]! * NUMBERS);
        met[slot] = 0;
      }
      const most = Float64Array.from(order).sort().subarray(0, LOOKED_AT);
      return Array.from(most, (value) => value - Math.floor(value / NUMBERS) * NUMBERS);
    },
  };
}

const steps = new Int32Array(256);

/** How much one must have been met to be among those looked at, or a little less: so that few need sorting. */
function leastOfMost(met: Int32Array, touched: Int32Array, count: number): number {
  if (count <= LOOKED_AT) return 0;
  let most = 0;
  for (let at = 0; at < count; at++) if (met[touched[at]!]! > most) most = met[touched[at]!]!;
  const shift = Math.max(0, 24 - Math.clz32(most));
  steps.fill(0);
  for (let at = 0; at < count; at++) steps[met[touched[at]!]! >> shift]!++;
  let above = 0;
  for (let at = steps.length - 1; at >= 0; at--) {
    above += steps[at]!;
    if (above >= LOOKED_AT) return at << shift;
  }
  return 0;
}

function grown<A extends { set: (from: A) => void }>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** The axes along which a direction reaches farthest: axis times two, plus one where it is negative. */
function longestAxes(direction: Int8Array, count: number): Int32Array {
  const axes = new Int32Array(count);
  const lengths = new Int32Array(count);
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
