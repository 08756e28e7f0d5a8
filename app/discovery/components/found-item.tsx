import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import { Time } from "#app/ui/time.tsx";
import type { Found } from "../found.ts";
import en from "./words.ts";
import { Marked } from "./marked.tsx";

const kindIcons = { discussion: "message-circle", question: "circle-help", idea: "lightbulb", announcement: "megaphone", article: "newspaper", page: "book-open" } as const;

/** One result: the topic, article or page, the words in it that answer best, and where and by whom they were said. */
export function FoundItem({ found: { kind, path, title, excerpt, isSolved, replyCount, createdAt, author, place }, onOpen }: { found: Found; onOpen: () => void }) {
  const t = useT("discovery", en);
  return (
    <li className="py-4">
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-soft">
        <span>{place.division}</span>
        <Icon name="chevron-right" size={12} />
        <Link to={place.path} className="hover:underline">{place.name}</Link>
      </p>
      <h2 className="mt-0.5 flex items-start gap-2 text-lg font-semibold">
        <Icon name={isSolved ? "check-circle-2" : kindIcons[kind]} className={isSolved ? "mt-1 text-success" : "mt-1 text-ink-faint"} />
        <Link to={path} onClick={onOpen} className="hover:underline"><Marked text={title} />{isSolved && <span className="sr-only"> ({t("solved")})</span>}</Link>
        {(kind === "article" || kind === "page") && <span className="mt-1 shrink-0 rounded-full bg-sunken px-2 py-0.5 text-xs font-medium text-ink-soft">{t(`mark_${kind}`)}</span>}
      </h2>
      <p className="mt-1 line-clamp-3 text-ink-soft"><Marked text={excerpt} /></p>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 text-sm text-ink-faint">
        <span className="inline-flex items-center gap-1.5"><Link to={`/u/${author.username}`} className="text-ink-soft hover:underline">{author.name}</Link><SpeakerBadge label={author.label} /></span>
        <Time at={createdAt} />
        {replyCount !== null && <span>{t("replies", { count: replyCount })}</span>}
      </p>
    </li>
  );
}
