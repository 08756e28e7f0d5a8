type Match = { id: string; data?: unknown };
type Meta = { title: string } | { name: string; content: string };

/**
 * The title of a page with the community's name behind it, for a route's `meta`:
 * `export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches)`.
 */
export function titled(title: string | undefined, matches: readonly (Match | undefined)[], description?: string): Meta[] {
  const site = (matches.find((match) => match?.id === "root")?.data as { site?: { name: string } } | undefined)?.site?.name;
  const whole = [title, site].filter(Boolean).join(" · ");
  return description ? [{ title: whole }, { name: "description", content: description.slice(0, 200) }] : [{ title: whole }];
}
