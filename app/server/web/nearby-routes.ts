import type { ServerBuild } from "@remix-run/node";

/**
 * The build with only those routes that can answer an address, found by its first part: to find the route of a page
 * Remix tries every one of them in turn, several times, and there are many. `/t/…` is answered by what begins with `t`,
 * with a param, or with nothing. Where that is not plain to see from the address, it is the whole build.
 */
export function createNearbyRoutes(build: ServerBuild): (url: string) => ServerBuild {
  const roots = Object.values(build.routes).filter((route) => route?.parentId === undefined);
  const tops = Object.values(build.routes).filter((route) => route && roots.some((root) => root?.id === route.parentId));
  const firsts = tops.map((route) => ({ id: route!.id, first: firstPart(route!.path ?? "") }));
  const named = new Set(firsts.flatMap(({ first }) => first ?? []));
  const withFirst = (first: string | null) => only(build, new Set(firsts.filter((route) => route.first === null || route.first === first).map(({ id }) => id)));
  const byFirst = new Map([...named].map((first) => [first, withFirst(first)]));
  const withoutFirst = withFirst(null);

  return (url) => {
    const { pathname, searchParams } = new URL(url);
    // Data of one route by its id, and what is escaped, doubled or odd: Remix shall see to it as it always does.
    if (searchParams.has("_data") || pathname === "/__manifest") return build;
    const [, first] = /^\/([\w-]*)(?:\.data|\/.*)?$/.exec(pathname) ?? [];
    return first === undefined ? build : (byFirst.get(first.toLowerCase()) ?? withoutFirst);
  };
}

/** What an address must begin with to be a route's, in lower case; null when many would do. */
function firstPart(path: string): string | null {
  const part = path.split("/")[0]!;
  return /^[\w-]+$/.test(part) ? part.toLowerCase() : null;
}

/** The build with its root, some of the routes right below it, and all that lie below those. */
function only(build: ServerBuild, tops: Set<string>): ServerBuild {
  const isKept = (id: string): boolean => {
    const parentId = build.routes[id]!.parentId;
    return parentId === undefined || tops.has(id) || (build.routes[parentId]!.parentId !== undefined && isKept(parentId));
  };
  const ids = Object.keys(build.routes).filter(isKept);
  const pick = <Route>(all: Record<string, Route>) => Object.fromEntries(ids.map((id) => [id, all[id]!]));
  return { ...build, routes: pick(build.routes), assets: { ...build.assets, routes: pick(build.assets.routes) } };
}
