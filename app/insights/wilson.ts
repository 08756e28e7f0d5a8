/**
 * Between which shares the true one lies, 95 times in a hundred, when `hits` of `count` were right (Wilson, JASA 22, 1927).
 * Null when nothing was counted.
 */
export function wilsonInterval(hits: number, count: number): { share: number; low: number; high: number } | null {
  if (count === 0) return null;
  const Z = 1.959964;
  const share = hits / count;
  const centre = share + (Z * Z) / (2 * count);
  const spread = Z * Math.sqrt((share * (1 - share)) / count + (Z * Z) / (4 * count * count));
  const whole = 1 + (Z * Z) / count;
  return { share, low: Math.max(0, (centre - spread) / whole), high: Math.min(1, (centre + spread) / whole) };
}
