import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { reasonInput } from "../../inputs.ts";
import { closeTopic } from "../../keep-order.ts";

export const loader = toItsPlace;
export const action = topicAct(reasonInput, closeTopic);
export default RefusedAct;
