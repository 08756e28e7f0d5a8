import { RefusedAct } from "#app/ui/refused-act.tsx";
import { hideRevisionInput } from "../../inputs.ts";
import { hideRevision } from "../../revisions.ts";
import { pageAct, toThePage } from "../../page-at.ts";
import { pathOf } from "../../paths.ts";

export const loader = toThePage;
export const action = pageAct(hideRevisionInput, async (actor, pageId, input) => pathOf(await hideRevision(actor, pageId, input), "history"));
export default RefusedAct;
