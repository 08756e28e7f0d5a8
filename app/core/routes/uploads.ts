import type { ActionFunctionArgs } from "@remix-run/node";
import { imageAddress } from "#app/ui/rich-text/image-address.ts";
import { AppError } from "../errors.ts";
import { receiveUpload } from "../files/receive-upload.ts";
import { storeImage } from "../files/files.ts";
import { viewerOf } from "../http.ts";
import { translate } from "../messages.ts";
import { enforce } from "../policy.ts";
import { limitRate } from "../rate-limit.ts";
import { canTakePart } from "../taking-part.ts";
import { requireMember } from "../viewer.ts";

const LIMIT = { points: 60, perSeconds: 600 };

/** `POST /uploads`: one picture for a post, for the editor, from whoever may post. Answers in JSON, refusals with a sentence in `message`. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  const viewer = await viewerOf(request, context);
  try {
    const member = requireMember(viewer);
    enforce(canTakePart(member));
    await limitRate("upload", member.id, LIMIT);
    const file = await storeImage(member, await receiveUpload(request), "post", request.signal);
    const image = { key: file.storageKey, width: file.width, height: file.height };
    return Response.json({ ...image, src: imageAddress(image), name: file.name }, { status: 201 });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 400 });
    if (error instanceof AppError) return Response.json({ message: translate(viewer.locale, error.key, error.values) }, { status: error.status });
    throw error;
  }
}

/** Nothing to see here. */
export function loader(): Response {
  return new Response(null, { status: 405, headers: { Allow: "POST" } });
}
