import { z } from "zod";
import { db } from "#db/client.ts";
import { defineLoader } from "../http.ts";
import { idParam } from "../ids.ts";
import { cuts } from "./clean-image.ts";
import { readMemberPicture } from "./files.ts";
import { sendFile } from "./send-file.ts";

/** Gives a member's picture in one of its widths, to everybody and for good: a new picture has a new id. */
export function memberPictureLoader(purpose: keyof typeof cuts) {
  const params = z.object({ fileId: idParam, size: z.enum(cuts[purpose].map(([width]) => String(width))) });
  return defineLoader({ params }, async ({ request, params: { fileId, size } }) => {
    const file = await readMemberPicture(db, fileId, purpose);
    const name = `${size}.webp`;
    return sendFile(request, file.storageKey, name, { contentType: "image/webp", name, cacheControl: "public, max-age=31536000, immutable" });
  });
}
