import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { db } from "#db/client.ts";
import { accessCategory } from "../categories.ts";
import { readPostingForm } from "../posting-form.ts";

const asked = z.object({ category: idParam });

/** What a category asks of a new topic, for forms in which another place was chosen. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const search = asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!search.success) throw new NotFoundError("category");
  const { id } = await accessCategory(db, viewer, search.data.category);
  return Response.json(await readPostingForm(db, id));
});
