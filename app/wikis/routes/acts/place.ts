import { AskedOrRefused } from "#app/ui/ask-readers.tsx";
import { placeInput } from "../../inputs.ts";
import { movePage } from "../../move-page.ts";
import { pageAct, toThePage } from "../../page-at.ts";
import { wikiPath } from "../../paths.ts";

export const loader = toThePage;
export const action = pageAct(placeInput, async (actor, pageId, { next, ...target }) => {
  const page = await movePage(actor, pageId, target);
  return next === "arrange" ? `${wikiPath(page.wiki.slug)}/arrange#page-${pageId}` : page;
});
export default AskedOrRefused;
