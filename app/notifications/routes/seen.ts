import { z } from "zod";
import { defineAction, inJson, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { markSubjectRead } from "../inbox.ts";

const input = z.union([z.object({ articleId: idParam }), z.object({ pageId: idParam }), z.object({ groupId: idParam })]);

/** Asked by scripts alone, for what its reader has before them: see SeenMark. */
export const action = inJson(
  defineAction({ params: noParams, input }, async ({ viewer, input }) => {
    await markSubjectRead(requireMember(viewer), input);
    return { ok: true };
  }),
);
