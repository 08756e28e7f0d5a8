/** The mark of app/ui/shell/site-mark.tsx in points: a drop over a wave, on a rounded square of 32 by 32. */
const SIDE = 32;
/** Looked at in so many places of each point, in both directions, so that its edges are smooth. */
const LOOKS = 4;

type Pixels = { data: Buffer; info: { width: number; height: number; channels: 4 } };

/** Draws it in two colours, `#rrggbb`. SVG is not read by this server, whatever it is for: see app/core/files/clean-image.ts. */
export function brandMark(size: number, ground: string, figure: string): Pixels {
  const data = Buffer.alloc(size * size * 4);
  const [back, front] = [channels(ground), channels(figure)];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let [inSquare, inFigure] = [0, 0];
      for (let look = 0; look < LOOKS * LOOKS; look++) {
        const px = ((x + ((look % LOOKS) + 0.5) / LOOKS) * SIDE) / size;
        const py = ((y + (Math.floor(look / LOOKS) + 0.5) / LOOKS) * SIDE) / size;
        if (!isInSquare(px, py)) continue;
        inSquare++;
        if (isInDrop(px, py) || isInWave(px, py)) inFigure++;
      }
      const share = inSquare ? inFigure / inSquare : 0;
      const at = (y * size + x) * 4;
      for (let channel = 0; channel < 3; channel++) data[at + channel] = Math.round(back[channel]! * (1 - share) + front[channel]! * share);
      data[at + 3] = Math.round((inSquare / LOOKS ** 2) * 255);
    }
  }
  return { data, info: { width: size, height: size, channels: 4 } };
}

function isInSquare(x: number, y: number): boolean {
  const radius = 8;
  const [dx, dy] = [Math.max(radius - x, x - (SIDE - radius), 0), Math.max(radius - y, y - (SIDE - radius), 0)];
  return dx * dx + dy * dy <= radius * radius;
}

function isInDrop(x: number, y: number): boolean {
  const [tip, belly, radius] = [6.5, 14.7, 4.6];
  if (y >= belly) return (x - 16) ** 2 + (y - belly) ** 2 <= radius * radius;
  if (y < tip) return false;
  // From the tip it widens slowly at first, and meets the round below without a corner.
  const way = (y - tip) / (belly - tip);
  return Math.abs(x - 16) <= radius * (1 - (1 - way) ** 1.7) * (0.55 + 0.45 * way);
}

function isInWave(x: number, y: number): boolean {
  const [from, to, height, half] = [6.5, 25.5, 0.75, 1.1];
  const inside = Math.min(to, Math.max(from, x));
  const middle = 22.5 - Math.sin(((inside - from) / (to - from)) * 2 * Math.PI) * height * 2;
  return (x - inside) ** 2 + (y - middle) ** 2 <= half * half;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
