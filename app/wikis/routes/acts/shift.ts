import { RefusedAct } from "#app/ui/refused-act.tsx";
import { shiftInput } from "../../inputs.ts";
import { shiftPage } from "../../move-page.ts";
import { pageAct, toThePage } from "../../page-at.ts";
import { wikiPath } from "../../paths.ts";

export const loader = toThePage;
export const action = pageAct(shiftInput, async (actor, pageId, { direction, next }) => {
  const page = await shiftPage(actor, pageId, direction);
  return next === "arrange" ? `${wikiPath(page.wiki.slug)}/arrange#page-${pageId}` : page;
});
export default RefusedAct;
