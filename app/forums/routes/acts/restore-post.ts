import { postAct, toItsPlace } from "../../acts.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { emptyInput } from "../../inputs.ts";
import { restorePost } from "../../remove-post.ts";

export const loader = toItsPlace;
export const action = postAct(emptyInput, restorePost);
export default RefusedAct;
