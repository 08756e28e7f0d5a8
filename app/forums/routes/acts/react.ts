import { postAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { reactInput } from "../../inputs.ts";
import { react } from "../../react.ts";

export const loader = toItsPlace;
export const action = postAct(reactInput, react);
export default RefusedAct;
