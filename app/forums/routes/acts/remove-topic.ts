import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { reasonInput } from "../../inputs.ts";
import { removeTopic } from "../../remove-topic.ts";

export const loader = toItsPlace;
export const action = topicAct(reasonInput, removeTopic);
export default RefusedAct;
