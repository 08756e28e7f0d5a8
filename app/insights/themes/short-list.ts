/** Keeps those with the smallest keys out of many that are offered one after another. No two keys are the same. */
export type ShortList = {
  /** Answers the key that the next one must be below: infinite as long as there is room. */
  offer: (key: number, what: number) => number;
  /** What is kept, the smallest key first; the list is empty then. */
  take: () => number[];
};

/** A heap with the largest key on top, which is the one to go. */
export function openShortList(most: number): ShortList {
  const keys = new Float64Array(most);
  const whats = new Int32Array(most);
  let size = 0;

  function sink(key: number, what: number): void {
    let at = 0;
    for (let child = 1; child < size; child = at * 2 + 1) {
      if (child + 1 < size && keys[child + 1]! > keys[child]!) child++;
      if (keys[child]! <= key) break;
      keys[at] = keys[child]!;
      whats[at] = whats[child]!;
      at = child;
    }
    keys[at] = key;
    whats[at] = what;
  }

  function rise(key: number, what: number): void {
    let at = size++;
    for (let parent = (at - 1) >> 1; at > 0 && keys[parent]! < key; parent = (at - 1) >> 1) {
      keys[at] = keys[parent]!;
      whats[at] = whats[parent]!;
      at = parent;
    }
    keys[at] = key;
    whats[at] = what;
  }

  return {
    offer(key, what) {
      if (size < most) rise(key, what);
      else if (key < keys[0]!) sink(key, what);
      return size < most ? Infinity : keys[0]!;
    },
    take() {
      const found: number[] = [];
      while (size > 0) {
        found.push(whats[0]!);
        size--;
        if (size > 0) sink(keys[size]!, whats[size]!);
      }
      return found.reverse();
    },
  };
}
