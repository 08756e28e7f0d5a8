import { postAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { emptyInput } from "../../inputs.ts";
import { unacceptAnswer } from "../../answers.ts";

export const loader = toItsPlace;
export const action = postAct(emptyInput, unacceptAnswer);
export default RefusedAct;
