import { AskedOrRefused } from "#app/ui/ask-readers.tsx";
import { revisionInput } from "../../inputs.ts";
import { revertPage } from "../../revisions.ts";
import { pageAct, toThePage } from "../../page-at.ts";
import { pathOf } from "../../paths.ts";

export const loader = toThePage;
export const action = pageAct(revisionInput, async (actor, pageId, input) => pathOf((await revertPage(actor, pageId, input)).page, "history"));
export default AskedOrRefused;
