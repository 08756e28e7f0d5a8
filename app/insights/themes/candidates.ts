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
type Entry = { slot: number; axes: Int32Array; places: Int32Array };

export function openCandidates(size: number): Candidates {
  const cells: Cell[] = Array.from({ length: size * 2 }, () => ({ count: 0, slots: new Int32Array(4), lengths: new Int8Array(4) }));
  const entries = new Map<number, Entry>();
  const bySlot: Entry[] = [];
  const free: number[] = [];
  let ids = new Float64Array(1024);
  let met = new Int32Array(1024);
  let order = new Float64Array(256);
  let slots = 0;

  function slotFor(id: number): number {
    const slot = free.pop() ?? slots++;
    if (slot >= ids.length) {
      ids = grown(ids, new Float64Array(ids.length * 2));
      met = new Int32Array(ids.length);
    }
    ids[slot] = id;
    return slot;
  }

  /** Takes one from under an axis: the last there takes its place. */
  function takeFrom(axis: number, place: number): void {
    const cell = cells[axis]!;
    const last = --cell.count;
    if (place === last) return;
    const moved = bySlot[(cell.slots[place] = cell.slots[last]!)]!;
    cell.lengths[place] = cell.lengths[last]!;
    moved.places[moved.axes.indexOf(axis)] = place;
  }

  function putUnder(axis: number, slot: number, length: number): number {
    const cell = cells[axis]!;
    if (cell.count === cell.slots.length) {
      cell.slots = grown(cell.slots, new Int32Array(cell.count * 2));
      cell.lengths = grown(cell.lengths, new Int8Array(cell.count * 2));
    }
    cell.slots[cell.count] = slot;
    cell.lengths[cell.count] = length;
    return cell.count++;
  }

  return {
    put(id, direction) {
      const before = entries.get(id);
      const slot = before?.slot ?? slotFor(id);
      const axes = longestAxes(direction, KEPT_AXES);
      const places = new Int32Array(axes.length).fill(-1);
      // Most stays as it was: only what is new or gone moves.
      if (before) {
        for (let at = 0; at < before.axes.length; at++) {
          const axis = before.axes[at]!;
          const now = axes.indexOf(axis);
          if (now >= 0) places[now] = before.places[at]!;
          else takeFrom(axis, before.places[at]!);
        }
      }
      const entry = { slot, axes, places };
      for (let at = 0; at < axes.length; at++) {
        const axis = axes[at]!;
        const length = Math.abs(direction[axis >> 1]!);
        if (places[at]! >= 0) cells[axis]!.lengths[places[at]!] = length;
        else places[at] = putUnder(axis, slot, length);
      }
      entries.set(id, entry);
      bySlot[slot] = entry;
    },
    remove(id) {
      const entry = entries.get(id);
      if (!entry) return;
      for (let at = 0; at < entry.axes.length; at++) takeFrom(entry.axes[at]!, entry.places[at]!);
      free.push(entry.slot);
      entries.delete(id);
    },
    near(direction) {
      if (entries.size <= FEW) return [...entries.keys()];
      const tally = met;
      const asked = longestAxes(direction, ASKED_AXES);
      for (let n = 0; n < asked.length; n++) {
        const { slots: here, lengths, count: many } = cells[asked[n]!]!;
        const length = Math.abs(direction[asked[n]! >> 1]!);
        for (let at = 0; at < many; at++) tally[here[at]!]! += Math.imul(length, lengths[at]!);
      }
      const least = leastOfMost(tally, slots);
      // One number says both: the more met the smaller, then the older the smaller.
      let count = 0;
      for (let slot = 0; slot < slots; slot++) {
        if (tally[slot]! < least) continue;
        if (count === order.length) order = grown(order, new Float64Array(count * 2));
        order[count++] = ids[slot]! - tally[slot]! * NUMBERS;
      }
      tally.fill(0, 0, slots);
      const most = order.subarray(0, count).sort();
      const found: number[] = [];
      for (let at = 0; at < count && at < LOOKED_AT; at++) found.push(most[at]! - Math.floor(most[at]! / NUMBERS) * NUMBERS);
      return found;
    },
  };
}

const steps = new Int32Array(256);

/** How much one must have been met to be among those looked at, or a little less: so that few need sorting. At least 1. */
function leastOfMost(met: Int32Array, slots: number): number {
  let most = 0;
  for (let slot = 0; slot < slots; slot++) if (met[slot]! > most) most = met[slot]!;
  const shift = Math.max(0, 24 - Math.clz32(most));
  steps.fill(0);
  for (let slot = 0; slot < slots; slot++) steps[met[slot]! >> shift]!++;
  let above = 0;
  for (let at = steps.length - 1; at > 0; at--) {
    above += steps[at]!;
    if (above >= LOOKED_AT) return at << shift;
  }
  return 1;
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
