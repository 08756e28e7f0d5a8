import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { emptyInput } from "../../inputs.ts";
import { restoreTopic } from "../../remove-topic.ts";

export const loader = toItsPlace;
export const action = topicAct(emptyInput, restoreTopic);
export default RefusedAct;
