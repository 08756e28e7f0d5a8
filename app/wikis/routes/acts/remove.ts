import { RefusedAct } from "#app/ui/refused-act.tsx";
import { removeInput } from "../../inputs.ts";
import { removePage } from "../../remove-page.ts";
import { pageAct, toThePage } from "../../page-at.ts";
import { wikiPath } from "../../paths.ts";

export const loader = toThePage;
export const action = pageAct(removeInput, async (actor, pageId, input) => wikiPath((await removePage(actor, pageId, input)).wiki.slug));
export default RefusedAct;
