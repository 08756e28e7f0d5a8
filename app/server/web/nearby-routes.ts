import type { ServerBuild } from "@remix-run/node";

/** More than there are ways to ask; beyond it, addresses are looked up among all routes. */
const MOST_PARTS = 300;

/**
 * The build with only those routes that may answer an address, or one above it: to find the route of a page Remix
 * tries all of them in turn, several times, and there are many. Where an address is odd, it is the whole build.
 */
export function createNearbyRoutes(build: ServerBuild): (url: string) => ServerBuild {
  const routes = Object.values(build.routes).filter((route) => route !== undefined);
  const roots = new Set(routes.filter(({ parentId }) => parentId === undefined).map(({ id }) => id));
  const tops = routes.filter(({ parentId }) => parentId !== undefined && roots.has(parentId)).map(({ id, path = "" }) => ({ id, needed: neededParts(path) }));
  const made = new Map<string, ServerBuild>();

  return (url) => {
    const { pathname, searchParams } = new URL(url);
    // Data of one route by its id, and what is escaped or doubled: Remix shall see to it as it always does.
    if (searchParams.has("_data") || pathname === "/__manifest" || !/^(\/[\w.~-]+)*\/?$/.test(pathname)) return build;
    const parts = pathname.replace(/\.data$/, "").toLowerCase().split("/").filter(Boolean);
    const near = tops.filter(({ needed }) => needed.length <= parts.length && needed.every((part, at) => part === null || part === parts[at])).map(({ id }) => id);
    const key = near.join(" ");
    let part = made.get(key);
    if (!part && made.size < MOST_PARTS) made.set(key, (part = only(build, new Set(near))));
    return part ?? build;
  };
}

/** What an address must have from its beginning on to be a route's or one below it; null stands for anything. */
function neededParts(path: string): (string | null)[] {
  const needed: (string | null)[] = [];
  for (const part of path.split("/").filter(Boolean)) {
    if (part === "*" || part.endsWith("?")) break;
    needed.push(/^[\w.-]+$/.test(part) ? part.toLowerCase() : null);
  }
  return needed;
}

/** The build with its root, some of the routes right below it, and all that lie below those. */
function only(build: ServerBuild, tops: Set<string>): ServerBuild {
  const isKept = (id: string): boolean => {
    const { parentId } = build.routes[id]!;
    return parentId === undefined || tops.has(id) || (build.routes[parentId]!.parentId !== undefined && isKept(parentId));
  };
  const ids = Object.keys(build.routes).filter(isKept);
  const pick = <Route>(all: Record<string, Route>) => Object.fromEntries(ids.map((id) => [id, all[id]!]));
  return { ...build, routes: pick(build.routes), assets: { ...build.assets, routes: pick(build.assets.routes) } };
}
