import { RefusedAct } from "#app/ui/refused-act.tsx";
import { followPageInput } from "../../inputs.ts";
import { followPage } from "../../follow-page.ts";
import { pageAct, toThePage } from "../../page-at.ts";

export const loader = toThePage;
export const action = pageAct(followPageInput, (actor, pageId, { level }) => followPage(actor, pageId, level));
export default RefusedAct;
