import postgres, { type Sql } from "postgres";

declare global {
  var wellspringSearch: Sql | undefined;
}

/**
 * The connections that searches use, apart from the others: plans are made for the very words (a generic plan was
 * measured 25 times slower), each search uses one processor, and one that takes two seconds is given up rather than
 * holding others up.
 */
export function searchConnection(): Sql {
  return (globalThis.wellspringSearch ??= postgres(process.env.DATABASE_URL!, {
    max: 4,
    idle_timeout: 30,
    onnotice: () => {},
    connection: { application_name: "search", plan_cache_mode: "force_custom_plan", statement_timeout: 2000, max_parallel_workers_per_gather: 0, jit: "off" },
  }));
}

export async function closeSearchConnection(): Promise<void> {
  const held = globalThis.wellspringSearch;
  globalThis.wellspringSearch = undefined;
  await held?.end({ timeout: 2 });
}
