import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import { Time } from "#app/ui/time.tsx";
import type { FoundTopic } from "../found-topics.ts";
import en from "../messages/en.json";
import { Marked } from "./marked.tsx";

const kindIcons = { discussion: "message-circle", question: "circle-help", idea: "lightbulb", announcement: "megaphone" } as const;

/** One result: the topic, the words in it that answer best, and where and by whom they were said. */
export function FoundItem({ found: { topic, postNumber, title, excerpt, author, category, division, createdAt }, onOpen }: { found: FoundTopic; onOpen: () => void }) {
  const t = useT("discovery", en);
  const isSolved = topic.acceptedPostId !== null;
  const path = postNumber > 1 ? `/t/${topic.slug}/${topic.id}/${postNumber}` : `/t/${topic.slug}/${topic.id}`;
  return (
    <li className="py-4">
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-soft">
        <span>{division.name}</span>
        <Icon name="chevron-right" size={12} />
        <Link to={`/c/${category.slug}/${category.id}`} className="hover:underline">{category.name}</Link>
      </p>
      <h2 className="mt-0.5 flex items-start gap-2 text-lg font-semibold">
        <Icon name={isSolved ? "check-circle-2" : kindIcons[topic.kind]} className={isSolved ? "mt-1 text-success" : "mt-1 text-ink-faint"} />
        <Link to={path} onClick={onOpen} className="hover:underline"><Marked text={title} />{isSolved && <span className="sr-only"> ({t("solved")})</span>}</Link>
      </h2>
      <p className="mt-1 line-clamp-3 text-ink-soft"><Marked text={excerpt} /></p>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 text-sm text-ink-faint">
        <span className="inline-flex items-center gap-1.5"><Link to={`/u/${author.username}`} className="text-ink-soft hover:underline">{author.name}</Link><SpeakerBadge label={author.label} /></span>
        <Time at={createdAt} />
        <span>{t("replies", { count: topic.postCount - 1 })}</span>
      </p>
    </li>
  );
}
