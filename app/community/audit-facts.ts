/** What an entry of the audit log says beside its sentence. `field` names what it is about, values are as stored. */
export type AuditFact = { field: string; /** Left out when it was not there before, or nobody wrote it down. */ before?: string; now?: string };

type Detail = Record<string, unknown>;
type Names = Map<string, string>;

/** The names of what an entry points to; kept in the log as numbers only, as names change. */
export function namedIn(detail: Detail): string[] {
  const places = [detail, detail.from, detail.to].filter(isObject);
  const found = places.flatMap(({ divisionId, parentId, categoryId, memberId }) => [
    ["division", divisionId], ["category", parentId], ["category", categoryId], ["member", memberId],
  ] as const);
  const groups = [detail.before, detail.after].filter(isObject).flatMap((levels) => Object.keys(levels).map((id) => ["group", id] as const));
  return [...found, ...groups].filter(([, id]) => /^\d+$/.test(String(id))).map(([kind, id]) => `${kind}:${String(id)}`);
}

/** Reads the detail of an entry, in whichever of the shapes commands write: changes as pairs, before and after, or plain values. */
export function factsOf(action: string, detail: Detail, names: Names): AuditFact[] {
  const { before, after, from, to, ...rest } = detail;
  const plain = Object.entries(rest).flatMap(([field, value]) => factOf(field, value, names));
  if (isObject(from) && isObject(to)) return [...plain, ...differences({ place: placeIn(from, names) }, { place: placeIn(to, names) })];
  if (!isObject(before) || !isObject(after)) return plain;
  if (action !== "category.rights-set") return [...plain, ...differences(before, after)];
  const groups = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return [...plain, ...groups.filter((id) => before[id] !== after[id]).map((id) => ({ field: `group ${names.get(`group:${id}`) ?? id}`, before: textOf(before[id]) ?? "nothing", now: textOf(after[id]) ?? "nothing" }))];
}

function factOf(field: string, value: unknown, names: Names): AuditFact[] {
  const kind = { divisionId: "division", parentId: "category", categoryId: "category", memberId: "member" }[field];
  if (kind) return value === null || value === undefined ? [] : [{ field: kind, now: names.get(`${kind}:${String(value)}`) ?? String(value) }];
  // A pair is what stood there and what stands there now; words in a row are a list.
  if (Array.isArray(value) && value.length === 2 && field !== "words") return [{ field, before: textOf(value[0]), now: textOf(value[1]) }];
  const now = textOf(value);
  return now === undefined ? [] : [{ field, now }];
}

function differences(before: Detail, after: Detail): AuditFact[] {
  const shared = Object.keys(after).filter((field) => field in before && JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return shared.map((field) => ({ field, before: textOf(before[field]), now: textOf(after[field]) }));
}

function placeIn({ divisionId, parentId }: Detail, names: Names): string {
  const [division, parent] = [names.get(`division:${String(divisionId)}`), names.get(`category:${String(parentId)}`)];
  return [division, parent].filter(Boolean).join(" › ");
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) return value.map((each) => (isObject(each) ? (each.label ?? "…") : each)).join(", ") || undefined;
  // What nobody put into words is in the record itself, below.
  return isObject(value) ? undefined : String(value as string | number | boolean);
}

function isObject(value: unknown): value is Detail {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
