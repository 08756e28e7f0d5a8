import type { ReactNode } from "react";
import { Avatar } from "#app/ui/avatar.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import en from "../messages/en.json";
import type { Profile } from "../profiles.ts";
import { Cover } from "./cover.tsx";

/** Who this is, in their own words. */
export function ProfileHeader({ profile, isSelf }: { profile: Profile; isSelf: boolean }) {
  const t = useT("profiles", en);
  const { name, username, label, title, bio, location, website, links, avatarFileId, coverFileId, createdAt } = profile;
  return (
    <header className="mb-8">
      {coverFileId && <Cover fileId={coverFileId} className="mb-6" />}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <Avatar name={name} fileId={avatarFileId} size={96} />
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex flex-wrap items-start justify-between gap-3">
            <div className="min-w-0">
              <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-2xl font-semibold tracking-tight">
                {name}
                <SpeakerBadge label={label} className="tracking-normal" />
              </h1>
              <p className="text-ink-soft">@{username}{title && <> · {title}</>}</p>
            </div>
            {isSelf && <ButtonLink to="/settings/profile" size="small"><Icon name="pencil" size={16} />{t("editProfile")}</ButtonLink>}
          </div>
          {bio && <p className="mt-4 max-w-[62ch] whitespace-pre-line">{bio}</p>}
          <ul className="mt-4 flex flex-wrap gap-x-5 gap-y-1.5 text-sm text-ink-soft">
            {location && <Fact icon="map-pin">{location}</Fact>}
            {[website, ...links].filter(Boolean).map((address) => <Fact key={address} icon="link"><a href={address} rel="nofollow ugc noopener" className="break-words underline decoration-line-strong underline-offset-2 hover:text-ink">{bareAddress(address)}</a></Fact>)}
            <Fact icon="calendar">{t.rich("joined", { time: <JoinedAt at={createdAt} /> })}</Fact>
          </ul>
        </div>
      </div>
    </header>
  );
}

function Fact({ icon, children }: { icon: IconName; children: ReactNode }) {
  return <li className="flex min-w-0 items-center gap-1.5"><Icon name={icon} size={16} className="text-ink-faint" /><span className="min-w-0">{children}</span></li>;
}

function JoinedAt({ at }: { at: Date }) {
  const { locale, timeZone } = useLanguage();
  return <time dateTime={at.toISOString()}>{new Intl.DateTimeFormat(locale === "en-XA" ? "en" : locale, { month: "long", year: "numeric", timeZone }).format(at)}</time>;
}

/** "example.com/me": the protocol tells a reader nothing. */
function bareAddress(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
}
