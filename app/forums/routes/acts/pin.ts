import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { pinInput } from "../../inputs.ts";
import { pinTopic } from "../../keep-order.ts";

export const loader = toItsPlace;
export const action = topicAct(pinInput, pinTopic);
export default RefusedAct;
