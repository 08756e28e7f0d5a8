import { termsOf } from "./terms.ts";

// The engine that puts statements together as they arrive. Deterministic: the same statements in the same order make the
// same clusters. Its memory is plain rows, kept in `theme_clusters` by theme-keeper.ts.

export type SavedCluster = { id: number; size: number; state: unknown };

/** What is placed: a statement's words, and those of its topic's title, which say what "it" is. */
export type ToPlace = { text: string; title: string };

export type Placement = { cluster: number; similarity: number; opened: boolean };

export type ThemeEngine = {
  place: (statement: ToPlace) => Placement;
  /** Makes a cluster anew of those who are still in it, after some have left. With nobody left it is gone. */
  rebuild: (cluster: number, statements: ToPlace[]) => void;
  /** Puts a statement where a person said it belongs. */
  assign: (cluster: number, statement: ToPlace) => void;
  /** Opens an empty cluster, for a theme that a person made. */
  open: () => number;
  /** Rows that differ from what was saved, and ids of those that are gone; then begins to count anew. */
  takeChanges: () => { saved: SavedCluster[]; gone: number[] };
};

type Cluster = { id: number; size: number; terms: Map<string, number> };
type State = [term: string, weight: number][];

const JOIN = 0.4;
/** A title says what a whole topic is about, so its words count less than the statement's own. */
const TITLE_WEIGHT = 0.7;
const KEPT_TERMS = 48;
/** Words in more clusters than this share find no candidates: they are in everything. */
const COMMON_SHARE = 0.08;

export function openThemes(saved: SavedCluster[]): ThemeEngine {
  const clusters = new Map<number, Cluster>();
  const byTerm = new Map<string, Set<number>>();
  const changed = new Set<number>();
  let last = 0;
  for (const { id, size, state } of saved) {
    clusters.set(id, { id, size, terms: new Map(state as State) });
    for (const [term] of state as State) index(term, id);
    last = Math.max(last, id);
  }

  function index(term: string, id: number): void {
    const ids = byTerm.get(term);
    if (ids) ids.add(id);
    else byTerm.set(term, new Set([id]));
  }

  /** How telling a word is: rare among clusters. */
  const rarity = (term: string) => Math.log(1 + (1 + clusters.size) / (1 + (byTerm.get(term)?.size ?? 0)));

  function weighed(terms: Map<string, number>): Map<string, number> {
    const all = [...terms].map(([term, count]) => [term, count * rarity(term)] as const);
    const length = Math.sqrt(all.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
    return new Map(all.map(([term, weight]) => [term, weight / length]));
  }

  function nearest(vector: Map<string, number>): { id: number; similarity: number } | null {
    const most = Math.max(30, clusters.size * COMMON_SHARE);
    const candidates = new Set<number>();
    for (const term of vector.keys()) {
      const ids = byTerm.get(term);
      if (ids && ids.size <= most) for (const id of ids) candidates.add(id);
    }
    let best: { id: number; similarity: number } | null = null;
    for (const id of [...candidates].sort((a, b) => a - b)) {
      const centroid = weighed(clusters.get(id)!.terms);
      let similarity = 0;
      for (const [term, weight] of vector) similarity += weight * (centroid.get(term) ?? 0);
      if (similarity > (best?.similarity ?? 0)) best = { id, similarity };
    }
    return best;
  }

  function add(cluster: Cluster, terms: Map<string, number>): void {
    for (const [term, count] of terms) {
      cluster.terms.set(term, (cluster.terms.get(term) ?? 0) + count);
      index(term, cluster.id);
    }
    cluster.size++;
    changed.add(cluster.id);
    if (cluster.terms.size > KEPT_TERMS * 2) shorten(cluster);
  }

  function shorten(cluster: Cluster): void {
    const order = [...cluster.terms].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    for (const [term] of order.slice(KEPT_TERMS)) {
      cluster.terms.delete(term);
      byTerm.get(term)?.delete(cluster.id);
    }
  }

  function open(): number {
    const id = ++last;
    clusters.set(id, { id, size: 0, terms: new Map() });
    changed.add(id);
    return id;
  }

  return {
    place(statement) {
      const terms = termsOfBoth(statement);
      const found = terms.size > 0 ? nearest(weighed(terms)) : null;
      const opened = !found || found.similarity < JOIN;
      const cluster = opened ? open() : found.id;
      add(clusters.get(cluster)!, terms);
      return { cluster, similarity: opened ? 1 : Math.fround(found.similarity), opened };
    },
    rebuild(id, statements) {
      const held = clusters.get(id);
      if (!held) return;
      for (const term of held.terms.keys()) byTerm.get(term)?.delete(id);
      held.terms.clear();
      held.size = 0;
      changed.add(id);
      for (const statement of statements) add(held, termsOfBoth(statement));
    },
    assign(cluster, statement) {
      const held = clusters.get(cluster);
      if (held) add(held, termsOfBoth(statement));
    },
    open,
    takeChanges() {
      const ids = [...changed].sort((a, b) => a - b);
      changed.clear();
      const gone = ids.filter((id) => clusters.get(id)!.size === 0);
      for (const id of gone) clusters.delete(id);
      return {
        gone,
        saved: ids.filter((id) => clusters.has(id)).map((id) => {
          const cluster = clusters.get(id)!;
          const state: State = [...cluster.terms].sort(([a], [b]) => (a < b ? -1 : 1)).map(([term, weight]) => [term, Math.round(weight * 1e4) / 1e4]);
          cluster.terms = new Map(state);
          return { id, size: cluster.size, state };
        }),
      };
    },
  };
}

function termsOfBoth({ text, title }: ToPlace): Map<string, number> {
  const terms = new Map<string, number>();
  for (const term of termsOf(title)) terms.set(term, TITLE_WEIGHT);
  for (const term of termsOf(text)) terms.set(term, Math.max(1, terms.get(term) ?? 0));
  return terms;
}
