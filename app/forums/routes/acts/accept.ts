import { postAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { emptyInput } from "../../inputs.ts";
import { acceptAnswer } from "../../answers.ts";

export const loader = toItsPlace;
export const action = postAct(emptyInput, acceptAnswer);
export default RefusedAct;
