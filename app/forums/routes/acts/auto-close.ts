import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { autoCloseInput } from "../../inputs.ts";
import { setAutoClose } from "../../keep-order.ts";

export const loader = toItsPlace;
export const action = topicAct(autoCloseInput, setAutoClose);
export default RefusedAct;
