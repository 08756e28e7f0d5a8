import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { SettingsSection } from "#app/accounts/components/settings-section.tsx";
import { defineAction, defineLoader, noParams, refusalOf } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Field, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import { Cover } from "../components/cover.tsx";
import { PictureForm } from "../components/picture-form.tsx";
import { editProfile, readOwnProfile } from "../edit-profile.ts";
import { profileInput } from "../inputs.ts";
import en from "../messages/en.json";
import { profilePath } from "../paths.ts";
import { canEditOwnProfile } from "../policy.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => ({
  profile: await readOwnProfile(db, requireMember(viewer).id),
  refusal: refusalOf(viewer, canEditOwnProfile(viewer)),
  done: new URL(request.url).searchParams.get("done"),
  title: translate(viewer.locale, "profiles.profile"),
}));

export const action = defineAction({ params: noParams, input: profileInput }, async ({ viewer, input }) => {
  await editProfile(requireMember(viewer), input);
  return redirect("/settings/profile?done=profile");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function EditProfilePage() {
  const t = useT("profiles", en);
  const { profile, refusal, done } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const isBusy = useNavigation().state === "submitting";
  const field = (name: "name" | "title" | "bio" | "location" | "website") => ({ label: t(name), name, defaultValue: problem?.values[name] ?? profile[name], errors: problem?.fields[name] });
  return (
    <SettingsSection title={t("profile")} lead={t("profileLead")}>
      {problem && <Notice tone="danger" className="mb-6">{problem.message}</Notice>}
      {!problem && refusal && <Notice tone="warning" className="mb-6">{refusal}</Notice>}
      {!problem && done && <Notice tone="success" className="mb-6">{t(done === "picture" ? "pictureSaved" : "saved")}</Notice>}
      <div className="max-w-xl space-y-8">
        <PictureForm picture="picture" isSet={profile.avatarFileId !== null} disabled={refusal !== null}><Avatar name={profile.name} fileId={profile.avatarFileId} size={80} /></PictureForm>
        <PictureForm picture="cover" isSet={profile.coverFileId !== null} disabled={refusal !== null}>{profile.coverFileId && <Cover fileId={profile.coverFileId} />}</PictureForm>
      </div>
      <Form method="post" action="/settings/profile" className="mt-8 max-w-xl space-y-5">
        <Field {...field("name")} hint={t("nameHint", { username: profile.username })} autoComplete="name" required maxLength={60} />
        <Field {...field("title")} hint={t("titleHint")} maxLength={100} />
        <TextArea {...field("bio")} rows={5} maxLength={3000} />
        <div className="side-by-side sm:grid-cols-2">
          <Field {...field("location")} maxLength={100} />
          <Field {...field("website")} type="url" maxLength={200} placeholder="https://" />
        </div>
        <TextArea label={t("links")} hint={t("linksHint")} name="links" rows={3} maxLength={1100} defaultValue={problem?.values.links ?? profile.links.join("\n")} errors={problem?.fields.links} />
        {profile.fields.map(({ id, name, hint, staffOnly, value }) => {
          const key = `field-${id}`;
          return <Field key={id} label={name} hint={[hint, staffOnly && t("onlyStaffSees")].filter(Boolean).join(" ") || undefined} name={key} maxLength={500} defaultValue={problem?.values[key] ?? value} errors={problem?.fields[key]} />;
        })}
        <div className="flex flex-wrap gap-3">
          <Button look="primary" busy={isBusy} disabled={refusal !== null}>{t("save")}</Button>
          <ButtonLink to={profilePath(profile.username)} look="quiet">{t("seeProfile")}</ButtonLink>
        </div>
      </Form>
    </SettingsSection>
  );
}
