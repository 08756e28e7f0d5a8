import { openCandidates } from "./candidates.ts";
import { senseOf, type SavedSense } from "./sense.ts";
import { add, addStatement, askingOf, askingOfWords, countOf, countWord, directionIn, emptySum, fill, freeSum, likeness, measure, measureFrom, openSums, type Asking, type Sum } from "./sums.ts";
import { directionOfWords, rowOf as rowOfWord, type ThemeTable } from "./table.ts";
import { readThemeWords, type Word } from "./words.ts";

// Statements that ask for or report the same thing come together as they arrive: a statement joins the theme whose
// statements it is most like on average (average link), or opens one. A theme is made of clusters, which are narrower:
// they are what people move when they split or merge. All state is whole numbers in plain rows, so that what leaves is
// taken out exactly, and the same statements in the same order make the same rows, byte for byte, whenever it was saved
// and opened again.

/** What is placed: a statement, its topic's title if that says what "it" is, when it was said, and `home`, the cluster of what its topic is about. */
export type ToPlace = { text: string; title?: string; at?: number; home?: number };

/** A cluster as a row. `sum` and `words` are what its statements add up to. */
export type SavedCluster = { id: number; theme: number; size: number; sum: number[]; words: [word: string, count: number][]; firstAt: number; lastAt: number };

export type Placement = {
  cluster: number;
  theme: number;
  /** How like the theme's statements it is on average, from 0 to 1; 1 for the first of a theme. */
  similarity: number;
  /** Whether it is the first statement of a theme. */
  opened: boolean;
  /** Clusters whose rows differ from before, with those that came to another theme. */
  changedClusters: number[];
  /** Themes that are one now. The machine joins only what no person has touched. */
  merged: { from: number; into: number }[];
  /** Themes that would be one, had people not touched one of them: for people to decide. */
  suggested: { from: number; into: number }[];
};

export type ThemeOptions = {
  table: ThemeTable;
  clusters?: SavedCluster[];
  /** Themes that people merged, split, named or pinned: only people change what they are made of. */
  touched?: number[];
  /** How like a theme other than that of its home a statement must be to join it; as the table says when absent. */
  joinElsewhere?: number;
  /** Themes that people said are not the same. */
  apart?: [number, number][];
  /** What `takeChanges` gave last. */
  sense?: SavedSense | null;
  /** The first number not yet given to any cluster or theme; without it, one more than the highest saved. */
  nextId?: number;
  /** Themes of one statement older than this leave the memory (milliseconds of `at`). */
  forgetAfter?: number;
  /** At most this many themes of one statement are kept in memory; the oldest leave first. */
  mostSingles?: number;
  /** At most so many other themes are kept; those silent longest leave first, never those that people touched. */
  mostThemes?: number;
};

export type Changes = {
  saved: SavedCluster[];
  /** Clusters with no statement left. */
  gone: number[];
  /** Clusters whose themes left the memory: their rows stay, but need not be given when opened again. */
  forgotten: number[];
  /** The sense of what is common here, when it was taken anew: one row, replacing the one before. */
  sense?: SavedSense;
};

export type ThemeEngine = {
  place: (statement: ToPlace) => Placement;
  /** Puts a statement in a theme because a person said so. */
  assign: (theme: number, statement: ToPlace) => Placement;
  /** Takes a statement out again, exactly. False if the cluster is not in memory. */
  retract: (cluster: number, statement: ToPlace) => boolean;
  /** Joins two themes because a person said so; tells which clusters moved, so that it can be undone with `move`. */
  merge: (from: number, into: number) => number[];
  /** The same because it is found to be so by other means than words: neither counts as touched by people. */
  join: (from: number, into: number) => void;
  /** Moves clusters to a theme, or to a new one of their own, which is then held apart from where they were. */
  move: (clusters: number[], theme?: number) => number;
  /** Says that people have touched a theme. */
  touch: (theme: number) => void;
  holdApart: (a: number, b: number) => void;
  /** The words that tell a theme from the others, the most telling first. */
  tellingWords: (theme: number, count?: number) => string[];
  themes: () => { id: number; size: number; clusters: number[] }[];
  /** Themes most like a given one. */
  similarThemes: (theme: number, count?: number) => { theme: number; similarity: number }[];
  /** Rows to save since the last call. */
  takeChanges: () => Changes;
  nextId: () => number;
};

type Cluster = { id: number; theme: number; firstAt: number; lastAt: number; of: Sum };
type Theme = { id: number; clusters: Set<number>; of: Sum };

/** A statement this like a cluster of its theme is in that cluster; otherwise it opens another in the theme. */
const SAME_CLUSTER = 0.6;
/** A theme of more clusters than this takes no new ones: the nearest will do. */
const MOST_CLUSTERS = 64;
/** The first time a sense is taken, in clusters and themes. */
const FIRST_SENSE = 64;
const HALF_YEAR = 180 * 24 * 3600_000;

export function openThemes({ table, clusters: rows = [], touched: held = [], apart: pairs = [], sense: savedSense = null, nextId, joinElsewhere = table.facts.join, forgetAfter = HALF_YEAR, mostSingles = 20_000, mostThemes = 20_000 }: ThemeOptions): ThemeEngine {
  const size = table.facts.dimensions;
  const join = table.facts.join;
  const clusters = new Map<number, Cluster>();
  const themes = new Map<number, Theme>();
  const singles = new Set<number>();
  const touched = new Set(held);
  const apart = new Set(pairs.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const candidates = openCandidates(size);
  const ofThemes = openSums(size);
  const ofClusters = openSums(size);
  /** Each theme by the place of its sum. */
  const byPlace: Theme[] = [];
  const asked = emptySum(openSums(size, 1));
  const rest = new Float64Array(size);
  const way = new Int8Array(size);
  const said = new Int8Array(size);
  const wordCounts = new Map<string, number>();
  const changed = new Set<number>();
  const gone = new Set<number>();
  const forgotten = new Set<number>();
  /** Forgotten before their rows were saved. */
  const leaving = new Map<number, Cluster>();
  let next = nextId ?? 1;
  let senseTakenAt = savedSense?.takenAt ?? 0;
  let sense = senseOf(table, savedSense);
  let newSense: SavedSense | undefined;
  let newestSingle = 0;

  for (const { id, theme, size: count, sum, words, firstAt, lastAt } of [...rows].sort((a, b) => a.id - b.id)) {
    const cluster = clusterOf(id, theme, firstAt, lastAt);
    fill(cluster.of, count, sum, words);
    measure(cluster.of, sense);
    clusters.set(id, cluster);
    add(themeOf(theme).of, cluster.of, 1);
    themes.get(theme)!.clusters.add(id);
    countWords(cluster.of.words, 1);
    next = Math.max(next, id + 1, theme + 1);
  }
  for (const theme of [...themes.values()].sort((a, b) => a.id - b.id)) settle(theme);

  function themeOf(id: number): Theme {
    let theme = themes.get(id);
    if (!theme) {
      themes.set(id, (theme = { id, clusters: new Set(), of: emptySum(ofThemes) }));
      byPlace[theme.of.at] = theme;
    }
    return theme;
  }

  /** Brings the indexes up to what a theme now is. */
  function settle(theme: Theme): void {
    if (countOf(theme.of) === 0) {
      dropTheme(theme);
      return;
    }
    candidates.put(theme.of.at, theme.id, centred(theme.of));
    if (countOf(theme.of) > 1 || touched.has(theme.id)) singles.delete(theme.id);
    else if (!singles.has(theme.id)) {
      singles.add(theme.id);
      newestSingle = Math.max(newestSingle, theme.id);
      // One that became single again goes back to its place by age.
      if (theme.id < newestSingle) {
        const order = [...singles].sort((a, b) => a - b);
        singles.clear();
        for (const id of order) singles.add(id);
      }
    }
  }

  function dropTheme(theme: Theme): void {
    singles.delete(theme.id);
    if (!themes.delete(theme.id)) return;
    candidates.remove(theme.of.at);
    freeSum(theme.of);
  }

  /** A sum less what all statements share, as a direction: what candidates are found by. Good until another is asked for. */
  function centred({ in: { sums, counts }, at }: { in: Sum["in"]; at: number }): Int8Array {
    const { shared } = sense;
    const count = counts[at]!;
    const from = at * size;
    let squares = 0;
    for (let d = 0; d < size; d++) {
      const own = (rest[d] = sums[from + d]! - count * shared[d]!);
      squares += own * own;
    }
    const scale = squares > 0 ? 127 / Math.sqrt(squares) : 0;
    for (let d = 0; d < size; d++) way[d] = Math.round(rest[d]! * scale);
    return way;
  }

  function countWords(words: Iterable<[string, number]>, sign: 1 | -1): void {
    for (const [word, count] of words) countWord(wordCounts, word, sign * count);
  }

  function nearestTheme(asking: Asking, except = 0): { id: number; similarity: number } | null {
    let best: { id: number; similarity: number } | null = null;
    const near = candidates.near(centred(asking));
    for (let n = 0; n < near.length; n++) {
      const { id, of } = byPlace[near[n]!]!;
      if (id === except || (apart.size > 0 && apart.has(`${id} ${except}`))) continue;
      const similarity = likeness(asking, of, sense, Math.max(best?.similarity ?? 0, join - 1e-9));
      if (!best || similarity > best.similarity || (similarity === best.similarity && id < best.id)) best = { id, similarity };
    }
    return best;
  }

  /** The theme of what its topic is about, if it is like that. */
  function atHome(statement: Asking, home: number | undefined, near: { id: number; similarity: number } | null): { id: number; similarity: number } | null {
    const theme = home === undefined ? undefined : clusters.get(home)?.theme;
    if (theme === undefined) return null;
    const similarity = near?.id === theme ? near.similarity : likeness(statement, themes.get(theme)!.of, sense);
    return similarity >= join ? { id: theme, similarity } : null;
  }

  function clusterIn(theme: Theme, statement: Asking, at: number): Cluster {
    let best: Cluster | null = null;
    let most = -Infinity;
    for (const id of theme.clusters) {
      const cluster = clusters.get(id)!;
      const similarity = likeness(statement, cluster.of, sense);
      if (similarity > most || (similarity === most && id < best!.id)) {
        most = similarity;
        best = cluster;
      }
    }
    if (best && (most >= SAME_CLUSTER || theme.clusters.size >= MOST_CLUSTERS)) return best;
    return openCluster(theme, at);
  }

  function clusterOf(id: number, theme: number, firstAt: number, lastAt: number): Cluster {
    return { id, theme, firstAt, lastAt, of: emptySum(ofClusters) };
  }

  function openCluster(theme: Theme, at: number): Cluster {
    const cluster = clusterOf(next++, theme.id, at, at);
    clusters.set(cluster.id, cluster);
    theme.clusters.add(cluster.id);
    return cluster;
  }

  function putIn(theme: Theme, statement: Asking, at: number): Cluster {
    const cluster = clusterIn(theme, statement, at);
    addStatement(cluster.of, statement, 1);
    addStatement(theme.of, statement, 1);
    cluster.firstAt = Math.min(cluster.firstAt, at);
    cluster.lastAt = Math.max(cluster.lastAt, at);
    for (const word of statement.terms) countWord(wordCounts, word, 1);
    settle(theme);
    changed.add(cluster.id);
    return cluster;
  }

  function moveCluster(cluster: Cluster, to: Theme): void {
    const from = themes.get(cluster.theme)!;
    if (from === to) return;
    add(from.of, cluster.of, -1);
    from.clusters.delete(cluster.id);
    add(to.of, cluster.of, 1);
    to.clusters.add(cluster.id);
    cluster.theme = to.id;
    changed.add(cluster.id);
    settle(from);
  }

  /** Looks whether a theme that grew has come to another, and joins them; the older one's number stays. */
  function joinNear(theme: Theme, placement: Placement): Theme {
    let at = theme;
    // A theme that has long found its place is looked at less often.
    while (isRound(countOf(at.of))) {
      const near = nearestTheme(askingOf(at.of, sense), at.id);
      if (!near || near.similarity < joinElsewhere) break;
      const other = themes.get(near.id)!;
      const [into, from] = at.id < other.id ? [at, other] : [other, at];
      if (touched.has(into.id) || touched.has(from.id)) {
        placement.suggested.push({ from: from.id, into: into.id });
        break;
      }
      for (const id of from.clusters) {
        moveCluster(clusters.get(id)!, into);
        placement.changedClusters.push(id);
      }
      settle(into);
      placement.merged.push({ from: from.id, into: into.id });
      at = into;
    }
    return at;
  }

  /** Takes the sense of what is common here anew when there is twice as much to take it from. */
  function renewSense(): void {
    if (next < Math.max(FIRST_SENSE, senseTakenAt * 2)) return;
    let statements = 0;
    const total = new Float64Array(size);
    for (const theme of themes.values()) {
      statements += countOf(theme.of);
      const sum = directionIn(theme.of);
      for (let d = 0; d < size; d++) total[d]! += sum[d]!;
    }
    const words = [...wordCounts].filter(([, count]) => count > 1).sort(([a], [b]) => (a < b ? -1 : 1));
    const shared = Array.from(total, (value) => Math.round(value / (statements + FIRST_SENSE)));
    newSense = { takenAt: next, statements, words, shared };
    senseTakenAt = next;
    sense = senseOf(table, newSense);
    for (const cluster of clusters.values()) measure(cluster.of, sense);
    for (const theme of themes.values()) measureFrom(theme.of, Array.from(theme.clusters, (id) => clusters.get(id)!.of));
    for (const theme of themes.values()) settle(theme);
  }

  /** Themes of one statement that nobody joined for long leave the memory; of the others, those silent longest when there are too many. */
  function forget(now: number): void {
    for (const id of singles) {
      const [cluster] = themes.get(id)!.clusters;
      if (singles.size <= mostSingles && clusters.get(cluster!)!.lastAt >= now - forgetAfter) break;
      forgetTheme(themes.get(id)!);
    }
    if (themes.size - singles.size <= mostThemes) return;
    const lastSaid = (theme: Theme) => Math.max(...Array.from(theme.clusters, (id) => clusters.get(id)!.lastAt));
    const silent = [...themes.values()].filter(({ id }) => !singles.has(id) && !touched.has(id)).map((theme) => ({ theme, at: lastSaid(theme) }));
    silent.sort((one, other) => one.at - other.at || one.theme.id - other.theme.id);
    // A tenth at once, so that it is not done again with each statement.
    for (const { theme } of silent.slice(0, Math.ceil(mostThemes / 10))) forgetTheme(theme);
  }

  function forgetTheme(theme: Theme): void {
    for (const id of theme.clusters) {
      const cluster = clusters.get(id)!;
      forgotten.add(id);
      countWords(cluster.of.words, -1);
      clusters.delete(id);
      if (changed.has(id)) leaving.set(id, cluster);
      else freeSum(cluster.of);
    }
    dropTheme(theme);
  }

  function askingOfStatement({ text, title }: ToPlace): Asking {
    const words = readThemeWords(text);
    const direction = directionOfWords(table, words, title, said);
    return askingOfWords(asked, direction, words.filter((word) => !isCommon(word)), sense);
  }

  function put(statement: Asking, theme: Theme, at: number, similarity: number, opened: boolean): Placement {
    const cluster = putIn(theme, statement, at);
    return { cluster: cluster.id, theme: theme.id, similarity, opened, changedClusters: [cluster.id], merged: [], suggested: [] };
  }

  return {
    place(toPlace) {
      const at = toPlace.at ?? 0;
      const statement = askingOfStatement(toPlace);
      const near = nearestTheme(statement);
      const found = near && near.similarity >= joinElsewhere ? near : atHome(statement, toPlace.home, near);
      const theme = found ? themes.get(found.id)! : themeOf(next++);
      const placement = put(statement, theme, at, found?.similarity ?? 1, !found);
      // One that opened a theme has just been compared with all others.
      if (found) placement.theme = joinNear(theme, placement).id;
      forget(at);
      renewSense();
      return placement;
    },
    assign(id, toPlace) {
      const at = toPlace.at ?? 0;
      const statement = askingOfStatement(toPlace);
      touched.add(id);
      next = Math.max(next, id + 1);
      const theme = themeOf(id);
      const similarity = countOf(theme.of) > 0 ? likeness(statement, theme.of, sense) : 1;
      return put(statement, theme, at, similarity, countOf(theme.of) === 0);
    },
    retract(id, toPlace) {
      const cluster = clusters.get(id);
      if (!cluster) return false;
      const theme = themes.get(cluster.theme)!;
      const statement = askingOfStatement(toPlace);
      addStatement(cluster.of, statement, -1);
      addStatement(theme.of, statement, -1);
      for (const word of statement.terms) countWord(wordCounts, word, -1);
      if (countOf(cluster.of) <= 0) {
        freeSum(cluster.of);
        clusters.delete(id);
        theme.clusters.delete(id);
        changed.delete(id);
        gone.add(id);
      } else changed.add(id);
      settle(theme);
      return true;
    },
    merge(from, into) {
      const moved = [...(themes.get(from)?.clusters ?? [])];
      touched.add(from).add(into);
      if (from === into || !themes.has(into)) return [];
      for (const id of moved) moveCluster(clusters.get(id)!, themes.get(into)!);
      settle(themes.get(into)!);
      return moved;
    },
    join(from, into) {
      const target = themes.get(into);
      if (!target || from === into) return;
      for (const id of themes.get(from)?.clusters ?? []) moveCluster(clusters.get(id)!, target);
      settle(target);
    },
    move(ids, to) {
      const moving = ids.flatMap((id) => clusters.get(id) ?? []);
      const target = themeOf(to ?? next++);
      next = Math.max(next, target.id + 1);
      for (const cluster of moving) {
        touched.add(cluster.theme).add(target.id);
        if (to === undefined) apart.add(`${cluster.theme} ${target.id}`).add(`${target.id} ${cluster.theme}`);
        moveCluster(cluster, target);
      }
      settle(target);
      return target.id;
    },
    touch(theme) {
      touched.add(theme);
      singles.delete(theme);
    },
    holdApart(a, b) {
      apart.add(`${a} ${b}`).add(`${b} ${a}`);
    },
    tellingWords(id, count = 4) {
      const theme = themes.get(id);
      if (!theme) return [];
      let statements = 0;
      for (const one of themes.values()) statements += countOf(one.of);
      const weights = [...theme.of.words]
        .filter(([word]) => word.length > 2 && !NAMELESS.has(word))
        // What only one of many said does not name what all say.
        .map(([word, times]) => ({ word, isShared: times * 4 >= countOf(theme.of) && (times > 1 || countOf(theme.of) < 3), weight: times * Math.log(1 + statements / wordCounts.get(word)!) }));
      weights.sort((a, b) => Number(b.isShared) - Number(a.isShared) || b.weight - a.weight || (a.word < b.word ? -1 : 1));
      return weights.slice(0, count).map(({ word }) => word);
    },
    themes: () => [...themes.values()].map(({ id, of, clusters: own }) => ({ id, size: countOf(of), clusters: [...own].sort((a, b) => a - b) })).sort((a, b) => a.id - b.id),
    similarThemes(id, count = 5) {
      const theme = themes.get(id);
      if (!theme) return [];
      const others = candidates.near(centred(theme.of)).map((place) => byPlace[place]!).filter((other) => other.id !== id);
      const asking = askingOf(theme.of, sense);
      const near = others.map((other) => ({ theme: other.id, similarity: likeness(asking, other.of, sense) }));
      return near.sort((a, b) => b.similarity - a.similarity || a.theme - b.theme).slice(0, count);
    },
    takeChanges() {
      const changes: Changes = {
        saved: [...changed].sort((a, b) => a - b).flatMap((id) => clusters.get(id) ?? leaving.get(id) ?? []).map(rowOf),
        gone: [...gone].sort((a, b) => a - b),
        forgotten: [...forgotten].sort((a, b) => a - b),
      };
      if (newSense) changes.sense = newSense;
      newSense = undefined;
      changed.clear();
      gone.clear();
      forgotten.clear();
      for (const { of } of leaving.values()) freeSum(of);
      leaving.clear();
      return changes;
    },
    nextId: () => next,
  };

  function isCommon(word: Word): boolean {
    const row = rowOfWord(table, word);
    return row >= 0 && row < COMMON_WORDS;
  }
}

/** The table lists words from common to rare; so many tell nothing by being the same. */
const COMMON_WORDS = 100;
/** Rarer, but they name nothing. */
const NAMELESS = new Set("how why what when where which whom whose does did doing done should could might please thanks thank here there anything something everything nothing else sure yeah yes okay maybe perhaps really actually just very much many lot bit thing things stuff way seems seem need needs want wants like know think feel see say says get gets getting got make makes making use using used try tried trying able cannot also still even etc really your yours mine ours theirs myself yourself".split(" "));

/** Whether a number has no more than two leading binary digits that are one: 1, 2, 3, 4, 6, 8, 12, 16, 24 and so on. */
function isRound(count: number): boolean {
  const half = 1 << Math.max(0, 30 - Math.clz32(count));
  return count % half === 0;
}

function rowOf({ id, theme, firstAt, lastAt, of }: Cluster): SavedCluster {
  return { id, theme, size: countOf(of), sum: [...directionIn(of)], words: [...of.words].sort(([a], [b]) => (a < b ? -1 : 1)), firstAt, lastAt };
}
