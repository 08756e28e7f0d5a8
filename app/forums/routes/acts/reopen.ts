import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { emptyInput } from "../../inputs.ts";
import { reopenTopic } from "../../keep-order.ts";

export const loader = toItsPlace;
export const action = topicAct(emptyInput, reopenTopic);
export default RefusedAct;
