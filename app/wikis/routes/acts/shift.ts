import { AskedOrRefused } from "#app/ui/ask-readers.tsx";
import { shiftInput } from "../../inputs.ts";
import { shiftPage } from "../../move-page.ts";
import { pageAct, toThePage } from "../../page-at.ts";
import { wikiPath } from "../../paths.ts";

export const loader = toThePage;
export const action = pageAct(shiftInput, async (actor, pageId, { direction, next, knowsReaders }) => {
  const page = await shiftPage(actor, pageId, direction, { knowsReaders });
  return next === "arrange" ? `${wikiPath(page.wiki.slug)}/arrange#page-${pageId}` : page;
});
export default AskedOrRefused;
