import { z } from "zod";
import { db } from "#db/client.ts";
import { readMemberPicture } from "../files/files.ts";
import { sendFile } from "../files/send-file.ts";
import { defineLoader } from "../http.ts";
import { idParam } from "../ids.ts";

const params = z.object({ fileId: idParam, size: z.enum(["800", "1600"]) });

/** `/covers/:fileId/:size`: the wide picture above a member's profile, for everybody and for good: a new picture has a new id. */
export const loader = defineLoader({ params }, async ({ request, params: { fileId, size } }) => {
  const file = await readMemberPicture(db, fileId, "cover");
  return sendFile(request, file.storageKey, `${size}.webp`, { contentType: "image/webp", name: `${size}.webp`, cacheControl: "public, max-age=31536000, immutable" });
});
