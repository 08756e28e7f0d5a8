import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";

/** Every address that nothing else answers: so that the frame around the refusal is the viewer's own. */
export const loader = defineLoader({ params: z.looseObject({}) }, async (): Promise<null> => {
  throw new NotFoundError("page");
});

export default function NotFound() {
  return null;
}
