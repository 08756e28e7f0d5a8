import { UnavailableError } from "#app/core/errors.ts";
import { shared } from "#app/core/shared.ts";
import { drawCard, type CardWords } from "./draw-card.ts";

/** A card weighs some twenty kilobytes. */
const MAX_BYTES = 16 * 1024 * 1024;
/** So many may wait to be drawn: who comes then is told to come again. */
const MAX_WAITING = 30;

type Drawn = { pictures: Map<string, Buffer>; bytes: number; running: Map<string, Promise<Buffer>>; last: Promise<unknown> };

/** A card under its name, drawn once for all who ask, one at a time: each takes a core for a moment, and pages must not wait for them. */
export async function cardNamed(name: string, words: CardWords): Promise<Buffer> {
  const drawn = shared("cards", (): Drawn => ({ pictures: new Map(), bytes: 0, running: new Map(), last: Promise.resolve() }));
  const kept = drawn.pictures.get(name);
  if (kept) return kept;
  const running = drawn.running.get(name);
  if (running) return running;
  if (drawn.running.size >= MAX_WAITING) throw new UnavailableError();
  const turn = drawn.last.then(() => drawCard(words));
  drawn.last = turn.catch(() => {});
  drawn.running.set(name, turn);
  try {
    const picture = await turn;
    keep(drawn, name, picture);
    return picture;
  } finally {
    drawn.running.delete(name);
  }
}

function keep(drawn: Drawn, name: string, picture: Buffer): void {
  drawn.pictures.set(name, picture);
  drawn.bytes += picture.length;
  for (const [oldest, { length }] of drawn.pictures) {
    if (drawn.bytes <= MAX_BYTES) break;
    drawn.pictures.delete(oldest);
    drawn.bytes -= length;
  }
}
