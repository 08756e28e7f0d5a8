import { RefusedAct } from "#app/ui/refused-act.tsx";
import { emptyInput } from "../../inputs.ts";
import { restorePage } from "../../remove-page.ts";
import { pageAct, toThePage } from "../../page-at.ts";

export const loader = toThePage;
export const action = pageAct(emptyInput, (actor, pageId) => restorePage(actor, pageId));
export default RefusedAct;
