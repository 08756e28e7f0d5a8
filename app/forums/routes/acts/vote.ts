import { topicAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { onInput } from "../../inputs.ts";
import { vote } from "../../votes.ts";

export const loader = toItsPlace;
export const action = topicAct(onInput, vote);
export default RefusedAct;
