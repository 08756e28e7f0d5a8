import { z } from "zod";
import { db } from "#db/client.ts";
import { originalName } from "../files/clean-image.ts";
import { accessFile } from "../files/files.ts";
import { sendFile } from "../files/send-file.ts";
import { defineLoader } from "../http.ts";

const params = z.object({ key: z.string().regex(/^[A-Za-z0-9_-]{22}$/), name: z.string().max(200) });

/** `/files/:key/:name`: the key decides; a name of a smaller copy gives that copy, any other the whole picture. */
export const loader = defineLoader({ params }, async ({ viewer, request, params: { key, name } }) => {
  const file = await accessFile(db, viewer, key);
  const copy = file.variants.find((variant) => variant.name === name);
  return sendFile(request, key, copy?.name ?? originalName(file.contentType), {
    contentType: copy ? "image/webp" : file.contentType,
    name: file.name,
    // A while only: whoever loses the right to see it should not keep it for long.
    cacheControl: "private, max-age=600",
  });
});
