import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { keepSearch } from "#app/discovery/search-upkeep.ts";
import { db } from "#db/client.ts";
import { make, text } from "#tests/support/make.ts";

test("the words people use are counted, and old queries are forgotten", async () => {
  for (const words of ["The derailleur slips.", "My derailleur is bent."]) await make.post({ body: text(words) });
  await db.execute(sql`insert into search_queries (text, found, facts, created_at) values ('old', 0, '{}', now() - interval '91 days'), ('new', 0, '{}', now())`);
  await keepSearch.run({});
  await keepSearch.run({});
  expect([...(await db.execute(sql`select word, documents from search_words where word = 'derailleur'`))]).toEqual([{ word: "derailleur", documents: 2 }]);
  expect([...(await db.execute(sql`select text from search_queries`))]).toEqual([{ text: "new" }]);
});
