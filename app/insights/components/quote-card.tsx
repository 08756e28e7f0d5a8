import type { ReactNode } from "react";
import { Avatar } from "#app/ui/avatar.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import { Time } from "#app/ui/time.tsx";
import type { Quote } from "../quotes.ts";
import en from "../messages/en.json";
import { plainTitle } from "../paths.ts";
import { IntentMark } from "./marks.tsx";
import { percent } from "./percent.ts";

type QuoteCardProps = { quote: Quote; /** Left of the words, such as a box to choose it. */ lead?: ReactNode; /** Below them. */ children?: ReactNode };

/** What somebody said, in their words, with the way to where they said it. */
export function QuoteCard({ quote, lead, children }: QuoteCardProps) {
  const t = useT("insights", en);
  return (
    <article id={`statement-${quote.id}`} data-statement={quote.id} tabIndex={-1} className="flex gap-3 border-b border-line py-4 break-inside-avoid focus-visible:outline-2 focus-visible:outline-accent">
      {lead}
      <div className="min-w-0 flex-1">
        {quote.words === null
          ? <p className="text-sm text-ink-faint italic">{t("changedQuote")}</p>
          : <blockquote className="border-l-2 border-accent pl-3 break-words whitespace-pre-line text-ink"><a href={quote.href!} title={t("openInThread", { title: quote.topicTitle! })} className="hover:text-accent-strong">{quote.part === "title" ? plainTitle(quote.words) : quote.words}</a></blockquote>}
        <p className="mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-soft">
          {quote.author && (
            <a href={`/u/${quote.author.username}`} className="inline-flex items-center gap-1.5 font-medium text-ink hover:underline">
              <Avatar name={quote.author.name} fileId={quote.author.avatarFileId} size={20} />{quote.author.name}
            </a>
          )}
          {quote.author && <SpeakerBadge label={quote.author.label} />}
          {quote.author?.account && <span>{quote.author.account}</span>}
          <Time at={quote.createdAt} />
          {quote.agreeing > 0 && <span className="inline-flex items-center gap-1 font-medium text-ink"><Icon name="users" size={14} />{t("agreeing", { count: quote.agreeing })}</span>}
          {quote.topicTitle && <a href={quote.href!} className="min-w-0 max-w-full truncate hover:text-ink hover:underline">{plainTitle(quote.topicTitle)}</a>}
          <span className="text-ink-faint">{quote.place}</span>
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-2.5 text-xs text-ink-faint">
          <IntentMark intent={quote.intent} />
          <span>{t(`sentiment_${quote.sentiment}`)}</span>
          {quote.urgency === "high" && <span className="font-semibold text-danger">{t("urgency_high")}</span>}
          {quote.areaName && <span>{quote.areaName}</span>}
          {quote.importance !== null && <span>{t(`importance_${quote.importance as 0 | 1 | 2 | 3}`)}</span>}
          <span>{quote.placedBy === "human" ? t("byHand") : quote.isReviewed ? t("wasRight") : t("sure", { percent: percent(quote.confidence) })}</span>
          <span>{t("version", { revision: quote.revision })}{quote.part === "title" ? `, ${t("inTitle")}` : ""}</span>
        </p>
        {children}
      </div>
    </article>
  );
}
