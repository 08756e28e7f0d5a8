import { data, redirect, type ActionFunctionArgs } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { SettingsSection } from "#app/accounts/components/settings-section.tsx";
import { AppError, SignInRequiredError } from "#app/core/errors.ts";
import { storeImage } from "#app/core/files/files.ts";
import { receiveUpload } from "#app/core/files/receive-upload.ts";
import { leadTo, viewerOf } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { requireMember, wasSignedOut } from "#app/core/viewer.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { setPicture } from "../edit-profile.ts";
import { pictureParams } from "../inputs.ts";
import en from "../messages/en.json";
import { canEditOwnProfile } from "../policy.ts";

const LIMIT = { points: 20, perSeconds: 3600 };

export const loader = leadTo({ params: pictureParams }, () => "/settings/profile");

/** Takes a file, which `defineAction` does not: a form with one picture, of the face or above the profile. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const kind = pictureParams.safeParse(params).data?.picture;
  if (!kind) throw data(null, { status: 404 });
  const viewer = await viewerOf(request, context);
  try {
    const member = requireMember(viewer);
    enforce(canEditOwnProfile(member));
    await limitRate("avatar", member.id, LIMIT);
    const file = await storeImage(member, await receiveUpload(request), kind === "cover" ? "cover" : "avatar", request.signal);
    await setPicture(member, kind, file.id);
    return redirect("/settings/profile?done=picture");
  } catch (error) {
    if (error instanceof SignInRequiredError && !wasSignedOut(viewer)) return redirect("/sign-in?next=/settings/profile");
    if (error instanceof AppError) return data({ message: translate(viewer.locale, error.status === 401 ? "core.signedOut" : error.key, error.values) }, { status: error.status });
    throw error;
  }
}

/** Why a picture was refused. */
export default function PictureRefused() {
  const t = useT("profiles", en);
  const refused = useActionData<typeof action>();
  return (
    <SettingsSection title={t("picture")}>
      {refused && <Notice tone="danger" title={t("pictureRefused")} className="mb-6">{refused.message}</Notice>}
      <ButtonLink to="/settings/profile">{t("backToProfile")}</ButtonLink>
    </SettingsSection>
  );
}
