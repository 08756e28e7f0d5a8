import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { onInput } from "../../inputs.ts";
import { unlistTopic } from "../../keep-order.ts";

export const loader = toItsPlace;
export const action = topicAct(onInput, unlistTopic);
export default RefusedAct;
