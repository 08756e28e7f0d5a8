import { data, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { defineLoader, fieldsOf, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { titled } from "#app/ui/meta.ts";
import { SearchPage } from "../components/search-page.tsx";
import { searchInput } from "../inputs.ts";
import { searchAs } from "../search.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const given = new URL(request.url).searchParams;
  const parsed = searchInput.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [error] = Object.values(fieldsOf(parsed.error, viewer.locale)).flat();
    return data({ title: translate(viewer.locale, "discovery.searchTitle"), q: (given.get("q") ?? "").slice(0, 500), order: "relevance" as const, page: 1, error, result: null }, { status: 422 });
  }
  const { q, order, page } = parsed.data;
  const title = q ? translate(viewer.locale, "discovery.searchFor", { q }) : translate(viewer.locale, "discovery.searchTitle");
  return data({ title, q, order, page, error: undefined, result: q === "" ? null : await searchAs(viewer, q, { order, page }) });
});

export const meta: MetaFunction<typeof loader> = ({ data: found, matches }) => [...titled(found?.title, matches), { name: "robots", content: "noindex" }];

export default function SearchRoute() {
  return <SearchPage {...useLoaderData<typeof loader>()} />;
}
