import { RefusedAct } from "#app/ui/refused-act.tsx";
import { verifyInput } from "../../inputs.ts";
import { db } from "#db/client.ts";
import { verifyPage } from "../../care.ts";
import { accessPage } from "../../pages.ts";
import { pageAct, toThePage } from "../../page-at.ts";

export const loader = toThePage;
export const action = pageAct(verifyInput, async (actor, pageId, { days }) => {
  await verifyPage(actor, pageId, days);
  return accessPage(db, actor, pageId);
});
export default RefusedAct;
