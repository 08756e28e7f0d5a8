import { z } from "zod";
import { originalName } from "#app/core/files/clean-image.ts";
import { sendFile } from "#app/core/files/send-file.ts";
import { defineLoader } from "#app/core/http.ts";
import { db } from "#db/client.ts";
import { previewParams } from "../inputs.ts";
import { readPreviewFile } from "../previews.ts";

const params = previewParams.extend({ key: z.string().regex(/^[A-Za-z0-9_-]{22}$/), name: z.string().max(200) });

/** A picture in a preview. */
export const loader = defineLoader({ params }, async ({ request, params: { blog, token, key, name } }) => {
  const file = await readPreviewFile(db, blog, token, key);
  const copy = file.variants.find((variant) => variant.name === name);
  return sendFile(request, key, copy?.name ?? originalName(file.contentType), { contentType: copy ? "image/webp" : file.contentType, name: file.name, cacheControl: "private, no-store" });
});
