import type { ActionFunctionArgs } from "@remix-run/node";
import { AppError } from "#app/core/errors.ts";
import { viewerOf } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { requireMember } from "#app/core/viewer.ts";
import { draftKey, saveDraft, saveDraftInput } from "#app/core/drafts.ts";

/** `PUT /drafts/topic`, `/drafts/reply:12`, `/drafts/edit:34` with JSON: keeps what is being written. For scripts. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await viewerOf(request, context);
  try {
    const member = requireMember(viewer);
    if (request.method !== "PUT") return Response.json({}, { status: 405, headers: { Allow: "PUT" } });
    const key = draftKey.safeParse(params.key);
    if (!key.success) return Response.json({ message: translate(viewer.locale, "core.notFound") }, { status: 404 });
    // A simple form of another site cannot send this type.
    if (!request.headers.get("content-type")?.startsWith("application/json")) return Response.json({}, { status: 415 });
    const input = saveDraftInput.safeParse(await request.json().catch(() => null));
    if (!input.success) return Response.json({ message: translate(viewer.locale, "core.invalid") }, { status: 422 });
    await limitRate("draft", member.id, { points: 120, perSeconds: 60 });
    return Response.json(await saveDraft(member, key.data, input.data));
  } catch (error) {
    if (error instanceof AppError) return Response.json({ message: translate(viewer.locale, error.key, error.values) }, { status: error.status });
    throw error;
  }
}
