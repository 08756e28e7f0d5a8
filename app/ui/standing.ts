/** Where a reader stood on a page: something that has a place of its own, and how far below the window's edge it began. */
type Standing = { anchor: string; top: number };

/** What pages grow around: posts, and rows of lists. Each has an attribute that names it on its page. */
const ANCHORS = "[data-stream] [data-number], .topic-list [data-topic]";
const STORE = "standings";
const MOST = 50;
/** Pictures that come in later than this push the reader after all. */
const HOLD_SECONDS = 30;
/** What ends the holding: from here on the reader goes where they like. A bar beside the page tells of the mouse alone, some aids of the click alone. */
const MOVES = ["wheel", "touchstart", "pointerdown", "mousedown", "click", "keydown"] as const;

let kept: Map<string, Standing> | undefined;
let isHolding = false;
let settledAt = -1;

/** By the step of this tab's history. They outlive a reload, and a way through another site. */
function standings(): Map<string, Standing> {
  if (kept) return kept;
  try {
    kept = new Map(JSON.parse(sessionStorage.getItem(STORE) ?? "[]") as [string, Standing][]);
  } catch {
    kept = new Map();
  }
  return kept;
}

export function standingAt(key: string): Standing | undefined {
  return standings().get(key);
}

/** Notes where the reader stands now. Not while they are being brought back: the page may be too short for it yet. */
export function keepStanding(key: string): void {
  if (isHolding) return;
  const element = atTop(ANCHORS);
  standings().delete(key);
  if (!element) return;
  if (standings().size >= MOST) standings().delete(standings().keys().next().value!);
  standings().set(key, { anchor: nameOf(element), top: element.getBoundingClientRect().top });
}

export function storeStandings(): void {
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...standings()]));
  } catch {
    // No room, or not allowed to keep anything: Back finds the page by its address alone.
  }
}

/**
 * Puts what was read back to the very height it had, and keeps it there while pictures and neighbours come in around it,
 * until the reader moves. Answers what ends that.
 */
export function holdStanding({ anchor, top }: Standing): () => void {
  const settle = () => {
    const off = document.querySelector(anchor)?.getBoundingClientRect().top;
    if (off !== undefined && Math.abs(off - top) >= 0.5) window.scrollBy({ top: off - top, behavior: "instant" });
    noteSettled();
  };
  const growth = new ResizeObserver(settle);
  const stop = () => {
    isHolding = false;
    growth.disconnect();
    clearTimeout(timer);
    removeEventListener("scroll", settle);
    for (const move of MOVES) removeEventListener(move, stop, true);
  };
  const timer = setTimeout(stop, HOLD_SECONDS * 1000);
  isHolding = true;
  settle();
  growth.observe(document.body);
  // A browser brings back pixels of its own when it thinks a page is whole, which may be after us.
  addEventListener("scroll", settle, { passive: true });
  for (const move of MOVES) addEventListener(move, stop, { capture: true, passive: true });
  return stop;
}

/** Says that it was us who moved the page. */
export function noteSettled(): void {
  settledAt = window.scrollY;
}

/** Whether the page stands where we put it: its reader has not moved it since. */
export function isSettled(): boolean {
  return Math.abs(window.scrollY - settledAt) < 2;
}

/** Of elements that stand one below the other, the one that is being read: the first that reaches below the header, or the last. */
export function atTop(selector: string): HTMLElement | undefined {
  const all = document.querySelectorAll<HTMLElement>(selector);
  const line = headerHeight() + 24;
  let [from, to] = [0, all.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (all[middle]!.getBoundingClientRect().bottom > line) to = middle;
    else from = middle + 1;
  }
  return all[Math.min(from, all.length - 1)];
}

function headerHeight(): number {
  return document.querySelector(".site-header")?.getBoundingClientRect().height ?? 0;
}

function nameOf({ dataset }: HTMLElement): string {
  return dataset.topic ? `.topic-list [data-topic="${dataset.topic}"]` : `[data-stream] [data-number="${dataset.number}"]`;
}
