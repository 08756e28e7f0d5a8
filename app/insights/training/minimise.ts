/**
 * A mix of examples: how much of each, class by class, and what that adds to the scores of all of them. Lengths and angles
 * are those of the weights that it makes, so they are taken between one's parts and the other's effect.
 */
export type Mix = { parts: Float64Array; effect: Float64Array };

/** What a mix costs, and the parts of the mix that leads uphill. */
type Look = (at: Mix) => { cost: number; slope: Float64Array };
type Step = { step: Mix; turn: Mix; bend: number };

export const NONE = (length: number): Mix => ({ parts: new Float64Array(length), effect: new Float64Array(length) });

export const inner = (a: Mix, b: Mix): number => {
  let sum = 0;
  for (let at = 0; at < a.parts.length; at++) sum += a.parts[at]! * b.effect[at]!;
  return sum;
};

/** So many steps at most, and none more where the slope is so small a part of what it was. */
const MOST_STEPS = 100;
const FLAT = 1e-3;
/** So many steps tell how the ground bends. */
const REMEMBERED = 8;
/** What a step must bring at least of what the slope promises (Armijo, 1966). */
const WORTH = 1e-4;

/** The mix that costs least, from one to begin with, by L-BFGS (Liu and Nocedal, 1989). The cost must be convex. Pure. */
export function minimise(from: Mix, effectOf: (parts: Float64Array) => Float64Array, look: Look): Mix {
  const seen = (mix: Mix) => {
    const { cost, slope } = look(mix);
    return { mix, cost, slope };
  };
  const past: Step[] = [];
  let here = seen(from);
  let uphill: Mix = { parts: here.slope, effect: effectOf(here.slope) };
  const flat = FLAT ** 2 * inner(uphill, uphill);
  for (let round = 0; round < MOST_STEPS && inner(uphill, uphill) > flat; round++) {
    const way = bent(uphill, past);
    const promised = inner(uphill, way);
    let far = 1;
    let next = seen(plus(here.mix, -far, way));
    while (next.cost > here.cost - WORTH * far * promised && far > 1e-9) next = seen(plus(here.mix, -(far /= 2), way));
    if (next.cost >= here.cost) break;
    const after: Mix = { parts: next.slope, effect: effectOf(next.slope) };
    const step = plus(NONE(way.parts.length), -far, way);
    const turn = plus(after, -1, uphill);
    past.unshift({ step, turn, bend: inner(step, turn) });
    if (past.length > REMEMBERED) past.pop();
    [here, uphill] = [next, after];
  }
  return here.mix;
}

/** The slope, bent by what the last steps told, so that a whole step along it leads near the bottom. The newest step stands first. */
function bent(uphill: Mix, past: Step[]): Mix {
  let way = uphill;
  const parts = past.map(({ step, turn, bend }) => {
    const part = inner(step, way) / bend;
    way = plus(way, -part, turn);
    return part;
  });
  const last = past[0];
  way = plus(NONE(way.parts.length), last ? last.bend / inner(last.turn, last.turn) : 1 / Math.max(1, Math.sqrt(inner(uphill, uphill))), way);
  for (let at = past.length - 1; at >= 0; at--) {
    const { step, turn, bend } = past[at]!;
    way = plus(way, parts[at]! - inner(turn, way) / bend, step);
  }
  return way;
}

function plus(a: Mix, by: number, b: Mix): Mix {
  return { parts: a.parts.map((value, at) => value + by * b.parts[at]!), effect: a.effect.map((value, at) => value + by * b.effect[at]!) };
}
