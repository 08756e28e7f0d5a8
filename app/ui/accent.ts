import type { CSSProperties } from "react";

// A division brings one colour. Everything painted with it is derived here, so that text in it, and text on it, can
// always be read: at least 4.5:1 in both schemes, whatever the colour was.

/** Of what is in no division; the same as in tokens.css. */
export const DEFAULT_ACCENT = "#2f6f5e";

/** What an accent is read against: paper, surface and sunken of tokens.css. */
const light = ["#fdfcfa", "#ffffff", "#f5f3ee"];
const dark = ["#161513", "#1d1c1a", "#24221f"];
const WANTED = 4.5;

type Tones = { accent: string; strong: string; soft: string; on: string };

/** The readable tones of an accent `#rrggbb`, for light and for dark pages. */
export function accentTones(hex: string): { light: Tones; dark: Tones } {
  const [, chroma, hue] = toOklch(hex);
  return { light: tonesOn(light, hex, chroma, hue, -1), dark: tonesOn(dark, hex, Math.min(chroma, 0.15), hue, 1) };
}

/** A community has few accents, and looking for readable tones takes longer than the rest of a frame. */
const MOST_KNOWN = 200;
const known = new Map<string, CSSProperties>();

/** The tones as CSS variables, for the wrapper of what has the accent; its class is `accented`. */
export function accentStyle(hex: string): CSSProperties {
  let style = known.get(hex);
  if (style) return style;
  style = styleOf(accentTones(hex));
  // Whoever tries colours out in the administration makes many.
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(hex, style);
  return style;
}

function styleOf(tones: { light: Tones; dark: Tones }): CSSProperties {
  return Object.fromEntries(
    (["light", "dark"] as const).flatMap((scheme) => {
      const { accent, strong, soft, on } = tones[scheme];
      return [[`--accent-${scheme}`, accent], [`--accent-strong-${scheme}`, strong], [`--accent-soft-${scheme}`, soft], [`--on-accent-${scheme}`, on]];
    }),
  );
}

/** How well two colours can be told apart, from 1 to 21, after WCAG 2.2. */
export function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

function tonesOn(backgrounds: string[], hex: string, chroma: number, hue: number, step: 1 | -1): Tones {
  // The soft tone is also a background of text in the accent.
  const soft = step < 0 ? fromOklch(0.955, Math.min(chroma, 0.018), hue) : fromOklch(0.29, Math.min(chroma, 0.03), hue);
  const all = [...backgrounds, soft];
  const accent = readable(all, hex, chroma, hue, step);
  const strong = readable(all, fromOklch(toOklch(accent)[0] + step * 0.08, chroma, hue), chroma, hue, step);
  const on = contrast(accent, "#ffffff") >= WANTED ? "#ffffff" : "#0f0e0c";
  return { accent, strong, soft, on };
}

/** The colour itself where it is readable on all of `backgrounds`, else darker or lighter step by step. */
function readable(backgrounds: string[], hex: string, chroma: number, hue: number, step: 1 | -1): string {
  const passes = (colour: string) => backgrounds.every((background) => contrast(colour, background) >= WANTED);
  if (passes(hex)) return hex;
  for (let lightness = toOklch(hex)[0]; lightness > 0 && lightness < 1; lightness += step * 0.01) {
    const colour = fromOklch(lightness, chroma, hue);
    if (passes(colour)) return colour;
  }
  return step < 0 ? "#000000" : "#ffffff";
}

function channels(hex: string): [number, number, number] {
  const number = parseInt(hex.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function linear(channel: number): number {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

function luminance(hex: string): number {
  const [r, g, b] = channels(hex).map(linear) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Björn Ottosson's Oklab, in its polar form: lightness 0 to 1, chroma, hue in degrees. */
function toOklch(hex: string): [number, number, number] {
  const [r, g, b] = channels(hex).map(linear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [lightness, Math.hypot(a, bb), (Math.atan2(bb, a) * 180) / Math.PI];
}

/** The nearest colour that screens can show: chroma gives way, lightness and hue stay. */
function fromOklch(lightness: number, chroma: number, hue: number): string {
  const safe = Math.min(1, Math.max(0, lightness));
  for (let c = chroma; c > 0; c -= 0.005) {
    const rgb = toRgb(safe, c, hue);
    if (rgb.every((channel) => channel >= -0.0005 && channel <= 1.0005)) return toHex(rgb);
  }
  return toHex(toRgb(safe, 0, hue));
}

function toRgb(lightness: number, chroma: number, hue: number): number[] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toHex(rgb: number[]): string {
  return `#${rgb.map((channel) => {
    const c = Math.min(1, Math.max(0, channel));
    const value = c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055;
    return Math.round(value * 255).toString(16).padStart(2, "0");
  }).join("")}`;
}
