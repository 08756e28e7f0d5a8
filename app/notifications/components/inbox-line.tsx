import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Avatar } from "#app/ui/avatar.tsx";
import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import { Time } from "#app/ui/time.tsx";
import type { InboxLine as Line } from "../inbox.ts";
import en from "./words.ts";

const icons: Record<Line["kind"], IconName> = {
  mention: "at-sign", reply: "reply", quote: "quote", post: "message-square", reaction: "heart", accepted: "check-circle-2", vote: "lightbulb", topic: "sparkles", staff: "shield", decision: "list-checks", article: "newspaper", page: "book-open", review: "clipboard-check", credit: "library", group: "users",
};

/** One notification: who did what, to which topic, with a way to mark it read that needs no script. */
export function InboxLine({ line }: { line: Line }) {
  const t = useT("notifications", en);
  return (
    <li className={cx("relative flex items-start gap-1 rounded-md hover:bg-sunken", !line.isRead && "bg-accent-soft/45")}>
      <Link to={line.href} className="flex min-w-0 flex-1 gap-3 px-3 py-3">
        <LineFace line={line} size={40} />
        <span className="min-w-0 flex-1">
          <span className="block text-sm text-ink-soft">
            <LineSentence line={line} />
            {!line.isRead && <span className="sr-only"> ({t("unread")})</span>}
          </span>
          <span className={cx("block text-ink", !line.isRead && "font-semibold")}>{line.title}</span>
          {line.excerpt && <span className="line-clamp-2 block text-sm text-ink-soft">{line.excerpt}</span>}
          <span className="mt-0.5 block text-xs text-ink-faint">
            {line.categoryName ? t("placeOf", { division: line.divisionName ?? "", category: line.categoryName }) : t("groups")} · <Time at={line.updatedAt} />
          </span>
        </span>
      </Link>
      {!line.isRead && (
        <Form method="post" action={`/notifications/${line.id}/read`} preventScrollReset className="self-center pr-2">
          <button className="inline-flex size-9 items-center justify-center rounded-md text-accent-strong hover:bg-surface touch:size-11" aria-label={t("markRead")} title={t("markRead")}>
            <Icon name="check" size={18} />
          </button>
        </Form>
      )}
    </li>
  );
}

/** The one who did it last, and what. */
export function LineFace({ line, size }: { line: Line; size: number }) {
  return (
    <span className="relative h-fit shrink-0">
      {line.actor
        ? <><Avatar name={line.actor.name} fileId={line.actor.avatarFileId} size={size} /><span className="absolute -right-1.5 -bottom-1 inline-flex size-5 items-center justify-center rounded-full border-2 border-paper bg-accent text-on-accent"><Icon name={icons[line.kind]} size={11} /></span></>
        : <span style={{ width: size, height: size }} className="inline-flex items-center justify-center rounded-full bg-accent text-on-accent"><Icon name={icons[line.kind]} size={size / 2} /></span>}
    </span>
  );
}

/** What happened exactly, where the kind does not say it: `staff:moved:12`, `page:12:0` of a page that is new. */
function changeOf({ kind, groupKey }: Line) {
  const [first, second, third] = groupKey.split(":");
  if (kind === "group") return first as "asked" | "approved" | "declined";
  if (kind === "staff") return second as "closed" | "reopened" | "moved" | "status" | "held";
  if (kind === "page" && third === "0") return "newPage";
  return first === "overdue" ? "overdue" : null;
}

/** "Ada and 3 others reacted to your post", and for whom Ada speaks. */
export function LineSentence({ line }: { line: Line }) {
  const t = useT("notifications", en);
  const change = changeOf(line);
  const sentence = t.rich(change ? `did_${change}` : `did_${line.kind as Exclude<Line["kind"], "staff" | "group">}`, {
    // `decision:12:planned`: which theme, and what was decided.
    decision: line.groupKey.split(":")[2] ?? "",
    name: line.actor?.name ?? "",
    others: line.actorCount - 1,
    category: line.categoryName ?? "",
    status: line.topic?.ideaStatus ?? "",
    kind: line.topic?.kind ?? "",
    b: (parts: ReactNode[]) => <b key="name" className="font-semibold text-ink">{parts}</b>,
  });
  return <>{sentence}{line.actor?.label && <>{" "}<SpeakerBadge label={line.actor.label} /></>}</>;
}
