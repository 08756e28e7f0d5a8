import { openShortList } from "./short-list.ts";

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
 * not on how it came there. Whoever puts one in says at which place it stands, a small number, by which it is found; of
 * those met as often the one with the smaller `id` comes first.
 */
export type Candidates = { put: (place: number, id: number, direction: Int8Array) => void; remove: (place: number) => void; near: (direction: Int8Array) => number[] };

/** Those under one axis: place and how far it reaches along the axis, in one number, so that they are read at once. */
type Cell = { count: number; entries: Int32Array };

export function openCandidates(size: number): Candidates {
  const cells: Cell[] = Array.from({ length: size * 2 }, () => ({ count: 0, entries: new Int32Array(4) }));
  // Of each place: whose it is (0 for nobody), its axes, and where it stands under each of them.
  let ids = new Float64Array(1024);
  let met = new Int32Array(1024);
  let axesOf = new Int16Array(1024 * KEPT_AXES);
  let standsAt = new Int32Array(1024 * KEPT_AXES);
  let axisCount = new Uint8Array(1024);
  let places = 0;
  let held = 0;
  const shortList = openShortList(LOOKED_AT);
  /** Where a new axis of the one at hand stands among the new ones, plus one. */
  const isNew = new Uint8Array(size * 2);
  const stands = new Int32Array(KEPT_AXES);

  function makeRoom(place: number): void {
    places = Math.max(places, place + 1);
    while (place >= ids.length) {
      ids = grown(ids, new Float64Array(ids.length * 2));
      axesOf = grown(axesOf, new Int16Array(axesOf.length * 2));
      standsAt = grown(standsAt, new Int32Array(standsAt.length * 2));
      axisCount = grown(axisCount, new Uint8Array(axisCount.length * 2));
      met = new Int32Array(ids.length);
    }
  }

  /** Takes one from under an axis: the last there takes its place. */
  function takeFrom(axis: number, at: number): void {
    const cell = cells[axis]!;
    const last = --cell.count;
    if (at === last) return;
    const moved = (cell.entries[at] = cell.entries[last]!) >> 7;
    let n = moved * KEPT_AXES;
    while (axesOf[n] !== axis) n++;
    standsAt[n] = at;
  }

  function putUnder(axis: number, entry: number): number {
    const cell = cells[axis]!;
    if (cell.count === cell.entries.length) cell.entries = grown(cell.entries, new Int32Array(cell.count * 2));
    cell.entries[cell.count] = entry;
    return cell.count++;
  }

  return {
    put(place, id, direction) {
      makeRoom(place);
      if (ids[place] === 0) held++;
      ids[place] = id;
      const from = place * KEPT_AXES;
      const count = longestAxes(direction, KEPT_AXES);
      for (let n = 0; n < count; n++) {
        isNew[longest[n]!] = n + 1;
        stands[n] = -1;
      }
      // Most stays as it was: only what is new or gone moves.
      for (let n = 0; n < axisCount[place]!; n++) {
        const axis = axesOf[from + n]!;
        if (isNew[axis]! > 0) stands[isNew[axis]! - 1] = standsAt[from + n]!;
        else takeFrom(axis, standsAt[from + n]!);
      }
      for (let n = 0; n < count; n++) {
        const axis = longest[n]!;
        const entry = (place << 7) | Math.abs(direction[axis >> 1]!);
        if (stands[n]! < 0) stands[n] = putUnder(axis, entry);
        else cells[axis]!.entries[stands[n]!] = entry;
        axesOf[from + n] = axis;
        standsAt[from + n] = stands[n]!;
        isNew[axis] = 0;
      }
      axisCount[place] = count;
    },
    remove(place) {
      if (place >= places || ids[place] === 0) return;
      for (let n = place * KEPT_AXES; n < place * KEPT_AXES + axisCount[place]!; n++) takeFrom(axesOf[n]!, standsAt[n]!);
      ids[place] = axisCount[place] = 0;
      held--;
    },
    near(direction) {
      const found: number[] = [];
      if (held <= FEW) {
        for (let place = 0; place < places; place++) if (ids[place] !== 0) found.push(place);
        return found;
      }
      const tally = met;
      const asked = longestAxes(direction, ASKED_AXES);
      for (let n = 0; n < asked; n++) {
        const { entries, count } = cells[longest[n]!]!;
        const length = Math.abs(direction[longest[n]! >> 1]!);
        for (let at = 0; at < count; at++) {
          const entry = entries[at]!;
          tally[entry >> 7]! += Math.imul(length, entry & 127);
        }
      }
      // One number says both: the more met the smaller, then the older the smaller.
      let least = 1;
      for (let place = 0; place < places; place++) {
        const often = tally[place]!;
        if (often >= least) least = Math.max(1, Math.floor(-shortList.offer(ids[place]! - often * NUMBERS, place) / NUMBERS));
      }
      tally.fill(0, 0, places);
      return shortList.take();
    },
  };
}

function grown<A extends { set: (from: A) => void }>(from: A, to: A): A {
  to.set(from);
  return to;
}

const longest = new Int32Array(KEPT_AXES);
const starts = new Int32Array(129);

/**
 * Writes the axes along which a direction reaches farthest into `longest`, the longest first: axis times two, plus one
 * where it is negative. Answers how many. Counted by their lengths, which are few, and so never compared.
 */
function longestAxes(direction: Int8Array, most: number): number {
  starts.fill(0);
  for (let d = 0; d < direction.length; d++) starts[Math.abs(direction[d]!)]!++;
  let above = 0;
  let least = 127;
  for (; least > 0 && above < most; least--) {
    const here = starts[least]!;
    starts[least] = above;
    above += here;
  }
  for (let d = 0; d < direction.length; d++) {
    const length = Math.abs(direction[d]!);
    if (length <= least) continue;
    const at = starts[length]!++;
    if (at < most) longest[at] = d * 2 + (direction[d]! < 0 ? 1 : 0);
  }
  return Math.min(above, most);
}
