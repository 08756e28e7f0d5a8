import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { log } from "#app/core/log.ts";
import { shared } from "#app/core/shared.ts";

export type CardFont = {
  /** Whole paths of its files. */
  bold: string;
  medium: string;
  /** Whether it has a picture for this character: a box must never stand for one. */
  covers: (codePoint: number) => boolean;
};

const FOLDER = "@expo-google-fonts/inter";

/** Inter (Latin, Greek, Cyrillic, Vietnamese), as a server may have no fonts at all. Null where it is not installed: cards then have no words. */
export function cardFont(): CardFont | null {
  return shared("card font", () => {
    try {
      const { resolve } = createRequire(path.resolve("package.json"));
      const [bold, medium] = [resolve(`${FOLDER}/700Bold/Inter_700Bold.ttf`), resolve(`${FOLDER}/500Medium/Inter_500Medium.ttf`)];
      // Read when the first words are drawn; an operator who has said otherwise meant it.
      process.env.FONTCONFIG_FILE ??= path.resolve("app/outside/cards/fonts.conf");
      const known = charactersOf(readFileSync(bold));
      return { bold, medium, covers: (codePoint: number) => known.has(codePoint) };
    } catch (error) {
      log.warn({ reason: (error as Error).message }, "the font of cards is missing: they are drawn without words");
      return null;
    }
  });
}

/** The characters of a TrueType font, by its `cmap` table in format 12 or 4 (OpenType 1.9, chapter "cmap"). */
export function charactersOf(font: Buffer): Set<number> {
  const cmap = tableIn(font, "cmap");
  const count = font.readUInt16BE(cmap + 2);
  const offsets = Array.from({ length: count }, (_, at) => cmap + font.readUInt32BE(cmap + 4 + at * 8 + 4));
  const whole = offsets.find((offset) => font.readUInt16BE(offset) === 12);
  const basic = offsets.find((offset) => font.readUInt16BE(offset) === 4);
  if (whole !== undefined) return fromGroups(font, whole);
  if (basic !== undefined) return fromSegments(font, basic);
  throw new Error("The font maps no characters.");
}

function tableIn(font: Buffer, name: string): number {
  for (let at = 12; at < 12 + font.readUInt16BE(4) * 16; at += 16) if (font.toString("latin1", at, at + 4) === name) return font.readUInt32BE(at + 8);
  throw new Error(`The font has no table ${name}.`);
}

function fromGroups(font: Buffer, offset: number): Set<number> {
  const known = new Set<number>();
  for (let group = 0; group < font.readUInt32BE(offset + 12); group++) {
    const at = offset + 16 + group * 12;
    for (let code = font.readUInt32BE(at); code <= font.readUInt32BE(at + 4); code++) known.add(code);
  }
  return known;
}

function fromSegments(font: Buffer, offset: number): Set<number> {
  const known = new Set<number>();
  const twice = font.readUInt16BE(offset + 6);
  for (let at = 0; at < twice; at += 2) {
    const [last, first] = [font.readUInt16BE(offset + 14 + at), font.readUInt16BE(offset + 16 + twice + at)];
    for (let code = first; code <= last && code !== 0xffff; code++) known.add(code);
  }
  return known;
}
