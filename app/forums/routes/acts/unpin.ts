import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { emptyInput } from "../../inputs.ts";
import { unpinTopic } from "../../keep-order.ts";

export const loader = toItsPlace;
export const action = topicAct(emptyInput, unpinTopic);
export default RefusedAct;
