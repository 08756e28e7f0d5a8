// FNV-1a with a final mix (Fowler, Noll, Vo 1991).

export const FNV_START = 0x811c9dc5;

/** One letter more. */
export function fnvStep(value: number, code: number): number {
  return Math.imul(value ^ code, 0x01000193);
}

export function hash(text: string, seed: number): number {
  let value = FNV_START ^ seed;
  for (let at = 0; at < text.length; at++) value = fnvStep(value, text.charCodeAt(at));
  return mix(value);
}

/** Spreads what differs in few bits over all of them. */
export function mix(value: number): number {
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}
