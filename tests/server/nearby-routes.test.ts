import { matchRoutes } from "@remix-run/react";
import type { ServerBuild } from "@remix-run/node";
import { expect, test } from "vitest";
import { createNearbyRoutes } from "#app/server/web/nearby-routes.ts";

const build = (await import("../../build/server/index.js" as string)) as ServerBuild;
const nearby = createNearbyRoutes(build);

type Tree = { id: string; path?: string; index?: boolean; children: Tree[] };

function treeOf({ routes }: ServerBuild, parentId?: string): Tree[] {
  return Object.values(routes).flatMap((route) => (route && route.parentId === parentId ? [{ id: route.id, path: route.path, index: route.index, children: treeOf({ routes } as ServerBuild, route.id) }] : []));
}

const trees = new Map<ServerBuild, Tree[]>();
const found = new Map<string, string[] | undefined>();

function idsAt(part: ServerBuild, path: string): string[] | undefined {
  if (!trees.has(part)) trees.set(part, treeOf(part));
  return matchRoutes(trees.get(part) as never, path)?.map(({ route }) => route.id!);
}

/** The same among all routes, which is slow, and what nearby routes are for. */
function idsAmongAll(path: string): string[] | undefined {
  if (!found.has(path)) found.set(path, idsAt(build, path));
  return found.get(path);
}

/** Every address that the routes name, with something for each param, and odd ones. */
const addresses = new Set(Object.keys(build.routes).flatMap((id) => {
  const parts: string[] = [];
  for (let route = build.routes[id]; route; route = route.parentId ? build.routes[route.parentId] : undefined) if (route.path) parts.unshift(route.path);
  const whole = `/${parts.join("/")}`;
  const filled = (text: string) => text.replace(/:\w+\??/g, "12").replace("*", "what/is/not");
  return [filled(whole), filled(whole.replace(/\/:\w+\?/g, "")), filled(whole).toUpperCase(), `${filled(whole)}/more`];
}));

test("among the routes nearby an address and all above it find the same pages as among all", () => {
  expect(addresses.size).toBeGreaterThan(200);
  for (const address of [...addresses, "/", "//", "/t//1", "/%74/a/1", "/u/ada/", "/t/how/12/", "/ä/ö", "/t/a/1/2/3/4/5", "/settings", "/..%2fadmin"]) {
    const part = nearby(`http://localhost${address}`);
    const parts = new URL(`http://localhost${address}`).pathname.split("/");
    for (let length = parts.length; length > 0; length--) {
      const above = parts.slice(0, length).join("/") || "/";
      expect(idsAt(part, above), `${above} on the way to ${address}`).toEqual(idsAmongAll(above));
    }
  }
});

test("a topic's page is looked for among a handful of routes", () => {
  // Itself, its data's other forms, its three feeds and the root.
  expect(Object.keys(nearby("http://localhost/t/how/12").routes).length).toBeLessThan(10);
  expect(Object.keys(nearby("http://localhost/t/how/12.data").routes).length).toBeLessThan(10);
  expect(nearby("http://localhost/__manifest?p=/t/how/12"), "which routes there are is asked of all of them").toBe(build);
  expect(nearby("http://localhost/t/how/12?_data=root")).toBe(build);
});
