import sharp, { type OverlayOptions } from "sharp";
import { accentTones } from "#app/ui/accent.ts";
import { brandMark } from "./brand-mark.ts";
import { cardFont, type CardFont } from "./card-font.ts";
import { drawable } from "./card-words.ts";

/** What stands on a card. */
export type CardWords = { title: string; place: string; accent: string; site: string };

/** What the networks show whole (1.91 to 1). */
export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;
const MARGIN = 88;
const TITLE_TOP = 148;
const TITLE_HEIGHT = 324;
const FOOT = 520;

const paper = "#fdfcfa";
const line = "#e4e0d8";
const ink = "#1d1b18";
const inkSoft = "#57534b";

/**
 * The picture of a page that has none: its title, where it is, and whose site it is, in the colour of its division.
 * Words that the font cannot show are left out, and a card without words is the mark alone: no box stands for a letter.
 */
export async function drawCard({ title, place, accent, site }: CardWords): Promise<Buffer> {
  const { accent: tone, on } = accentTones(accent).light;
  const font = cardFont();
  const said = font && drawable(title, font.covers);
  const layers = font && said ? await layersWith(font, { title: said, place, site, tone, on }) : await layersWithout(font, { site, tone, on });
  return sharp({ create: { width: CARD_WIDTH, height: CARD_HEIGHT, channels: 3, background: paper } })
    .composite([{ input: block(28, CARD_HEIGHT, tone), left: 0, top: 0 }, ...layers])
    .png({ palette: true, colours: 128, effort: 4 })
    .toBuffer();
}

type Drawn = { title: string; place: string; site: string; tone: string; on: string };

async function layersWith(font: CardFont, { title, place, site, tone, on }: Drawn): Promise<OverlayOptions[]> {
  const [where, whose] = [drawable(place, font.covers), drawable(site, font.covers)];
  return [
    ...(where ? [{ input: await words(font, where, { size: 32, colour: tone, height: 44, weight: "medium" }), left: MARGIN, top: 78 }] : []),
    { input: await titleOf(font, title), left: MARGIN, top: TITLE_TOP },
    { input: block(CARD_WIDTH - 2 * MARGIN, 2, line), left: MARGIN, top: FOOT },
    { ...mark(48, tone, on), left: MARGIN, top: FOOT + 30 },
    ...(whose ? [{ input: await words(font, whose, { size: 30, colour: inkSoft, height: 40, weight: "medium" }), left: MARGIN + 66, top: FOOT + 38 }] : []),
  ];
}

async function layersWithout(font: CardFont | null, { site, tone, on }: Pick<Drawn, "site" | "tone" | "on">): Promise<OverlayOptions[]> {
  const whose = font && drawable(site, font.covers);
  const side = 208;
  const name = whose ? await words(font, whose, { size: 56, colour: ink, height: 76, weight: "bold" }) : null;
  const { width = 0 } = name ? await sharp(name).metadata() : {};
  const top = Math.round((CARD_HEIGHT - side - (name ? 110 : 0)) / 2);
  return [
    { ...mark(side, tone, on), left: Math.round((CARD_WIDTH - side) / 2) + 14, top },
    ...(name ? [{ input: name, left: Math.round((CARD_WIDTH - width) / 2) + 14, top: top + side + 40 }] : []),
  ];
}

/** As large as it fits into its place, and cut off below where it does not fit at all. */
async function titleOf(font: CardFont, title: string): Promise<Buffer> {
  const sizes = [76, 68, 60, 52, 46].slice(title.length > 110 ? 3 : title.length > 70 ? 2 : title.length > 40 ? 1 : 0);
  for (const size of sizes) {
    const drawn = await sharp(textOf(font.bold, title, size, ink)).png().toBuffer({ resolveWithObject: true });
    if (drawn.info.height <= TITLE_HEIGHT) return drawn.data;
  }
  return cut(await sharp(textOf(font.bold, title, 46, ink)).png().toBuffer(), TITLE_HEIGHT);
}

/** One line: what is too long for it is cut off. */
async function words(font: CardFont, text: string, { size, colour, height, weight }: { size: number; colour: string; height: number; weight: "bold" | "medium" }): Promise<Buffer> {
  const short = text.length > 56 ? `${text.slice(0, 55).trimEnd()}…` : text;
  return cut(await sharp(textOf(font[weight], short, size, colour, weight)).png().toBuffer(), height);
}

function textOf(fontfile: string, text: string, size: number, colour: string, weight: "bold" | "medium" = "bold") {
  // What is drawn is markup of Pango's, so that it can have a colour.
  const escaped = text.replace(/[&<>]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[letter]!);
  return { text: { text: `<span foreground="${colour}">${escaped}</span>`, font: `Inter ${weight === "bold" ? "Bold" : "Medium"} ${size}px`, fontfile, width: CARD_WIDTH - 2 * MARGIN, dpi: 72, rgba: true, wrap: "word-char" as const } };
}

async function cut(picture: Buffer, height: number): Promise<Buffer> {
  const { width, height: drawn } = await sharp(picture).metadata();
  return drawn <= height ? picture : sharp(picture).extract({ left: 0, top: 0, width, height }).toBuffer();
}

function block(width: number, height: number, colour: string) {
  return { create: { width, height, channels: 3 as const, background: colour } };
}

function mark(size: number, ground: string, figure: string): Pick<OverlayOptions, "input" | "raw"> {
  const { data, info } = brandMark(size, ground, figure);
  return { input: data, raw: info };
}
