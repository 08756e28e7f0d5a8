import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { ideaStatusInput } from "../../inputs.ts";
import { setIdeaStatus } from "../../keep-order.ts";

export const loader = toItsPlace;
export const action = topicAct(ideaStatusInput, setIdeaStatus);
export default RefusedAct;
