type Doc = Record<string, unknown>;

/**
 * The part of Meilisearch's filter language that the community writes: `(a IN [1, 2]) AND (b = "x") AND (c >= 3)`.
 * Throws for an attribute that is not filterable, as the server does, and for anything it does not know.
 */
export function matchesFilter(doc: Doc, filter: string, filterable: Set<string>): boolean {
  if (filter === "") return true;
  const tokens = filter.match(/"(?:[^"\\]|\\.)*"|[()[\],]|>=|<=|!=|=|>|<|[^\s()[\],=<>!"]+/g) ?? [];
  let at = 0;
  const take = () => tokens[at++];
  const valueOf = (token = "") => (token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, "$1") : token);
  const holds = (name: string, is: (value: string) => boolean) => [doc[name]].flat().some((value) => is(String(value)));

  const either = (): boolean => {
    let result = both();
    while (tokens[at] === "OR") {
      take();
      const next = both();
      result = result || next;
    }
    return result;
  };
  const both = (): boolean => {
    let result = one();
    while (tokens[at] === "AND") {
      take();
      const next = one();
      result = result && next;
    }
    return result;
  };
  const one = (): boolean => {
    if (tokens[at] === "NOT") {
      take();
      return !one();
    }
    if (tokens[at] === "(") {
      take();
      const inside = either();
      if (take() !== ")") throw invalid(filter);
      return inside;
    }
    const name = take() ?? "";
    if (!filterable.has(name)) throw Object.assign(new Error(`Attribute \`${name}\` is not filterable.`), { code: "invalid_search_filter" });
    const operator = take();
    if (operator === "IN") {
      if (take() !== "[") throw invalid(filter);
      const values = new Set<string>();
      while (tokens[at] !== "]") {
        values.add(valueOf(take()));
        if (tokens[at] === ",") take();
        if (at > tokens.length) throw invalid(filter);
      }
      take();
      return holds(name, (value) => values.has(value));
    }
    const wanted = valueOf(take());
    if (operator === "=") return holds(name, (value) => value === wanted);
    if (operator === "!=") return !holds(name, (value) => value === wanted);
    if (operator === ">=") return Number(doc[name]) >= Number(wanted);
    if (operator === "<") return Number(doc[name]) < Number(wanted);
    throw invalid(filter);
  };
  const result = either();
  if (at !== tokens.length) throw invalid(filter);
  return result;
}

function invalid(filter: string) {
  return Object.assign(new Error(`Was expecting an operation: ${filter}`), { code: "invalid_search_filter" });
}
