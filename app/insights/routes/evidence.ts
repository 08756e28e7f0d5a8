import { defineLoader } from "#app/core/http.ts";
import { db } from "#db/client.ts";
import { requireInsights } from "../access.ts";
import { behindTheme } from "../behind-theme.ts";
import { quoteRecord, toCsv } from "../export.ts";
import { themeParams } from "../inputs.ts";
import { readQuotes } from "../quotes.ts";
import { readTheme } from "../themes.ts";

const columns = ["id", "quote", "gone", "author", "speaker", "account", "topic", "part", "revision", "textHash", "intent", "confidence", "sentiment", "urgency", "area", "importance", "agreeing", "saidAt", "url"];
const MOST = 5000;

/** What was said for a theme, as a file. */
export const loader = defineLoader({ params: themeParams }, async ({ viewer, params: { themeId } }) => {
  const member = requireInsights(viewer);
  await readTheme(db, member, themeId);
  const quotes = await readQuotes(db, member, { where: behindTheme(themeId), limit: MOST });
  return new Response(toCsv(quotes.map(quoteRecord), columns), {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="theme-${themeId}.csv"`, "cache-control": "private, no-store" },
  });
});
