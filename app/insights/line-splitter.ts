/** Longer than any post, and not so long that one line could fill the memory. */
const LONGEST = 4_000_000;

/** Cuts a stream into its lines. A line beyond any reason comes back as null, once it has ended. */
export function lineSplitter(longest = LONGEST): { push: (chunk: string) => (string | null)[]; end: () => (string | null)[] } {
  let pieces: string[] = [];
  let length = 0;
  const take = (rest: string): string | null => {
    const line = length + rest.length > longest ? null : pieces.length === 0 ? rest : pieces.join("") + rest;
    pieces = [];
    length = 0;
    return line;
  };
  return {
    push(chunk) {
      const lines: (string | null)[] = [];
      let at = 0;
      for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", at)) {
        lines.push(take(chunk.slice(at, end)));
        at = end + 1;
      }
      if (at < chunk.length) {
        length += chunk.length - at;
        if (length <= longest) pieces.push(chunk.slice(at));
        else pieces = [];
      }
      return lines;
    },
    end: () => (length > 0 ? [take("")] : []),
  };
}
