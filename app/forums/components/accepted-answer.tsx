import { Avatar } from "#app/ui/avatar.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import { Time } from "#app/ui/time.tsx";
import type { TopicPageData } from "../topic-page-data.ts";
import type { T } from "./post-words.ts";

/** The answer, right under its question, with who took it for one. */
export function AcceptedAnswer({ answer, topicPath, t }: { answer: NonNullable<TopicPageData["answer"]>; topicPath: string; t: T }) {
  const { author, number } = answer;
  return (
    <section aria-label={t("acceptedAnswer")} className="my-6 rounded-md border border-success/40 bg-success-soft/40 px-4 py-4 sm:px-5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
        <span className="inline-flex items-center gap-1.5 font-semibold text-success"><Icon name="check-circle-2" size={18} />{t("acceptedAnswer")}</span>
        {answer.acceptedBy && <span>{t("acceptedBy", { name: answer.acceptedBy })}</span>}
        {answer.acceptedAt && <Time at={answer.acceptedAt} />}
      </p>
      <p className="mt-3 flex items-center gap-2 text-sm">
        <Avatar name={author.name} fileId={author.avatarFileId} size={24} />
        <a href={`/u/${author.username}`} className="font-semibold hover:underline">{author.name}</a>
        <SpeakerBadge label={author.label} />
      </p>
      <div className="prose mt-2" dangerouslySetInnerHTML={{ __html: answer.bodyHtml }} />
      <p className="mt-3 text-sm"><a href={`${topicPath}/${number}`} className="inline-flex items-center gap-1.5 font-medium text-accent-strong hover:underline">{t("goToAnswer", { number })}<Icon name="arrow-right" size={15} /></a></p>
    </section>
  );
}
