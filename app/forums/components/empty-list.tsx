import type { ReactNode } from "react";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import { FirstSteps, useFirstSteps } from "#app/ui/shell/first-steps.tsx";
import type { TopicSort } from "../topic-candidates.ts";
import en from "./words.ts";

const icons: Record<TopicSort, IconName> = { latest: "messages-square", new: "sparkles", unread: "check-circle-2", top: "trophy", unanswered: "check-circle-2", mine: "square-pen" };

type EmptyListProps = {
  sort: TopicSort;
  isMember: boolean;
  /** Where this viewer may start a topic here; null when they may not. */
  newTopicHref?: string | null;
  /** A wider list to go to instead. */
  elsewhere?: ReactNode;
};

/** What a list says when it holds nothing, to those it says it to. */
export function EmptyList({ sort, isMember, newTopicHref = null, elsewhere }: EmptyListProps) {
  const t = useT("forums", en);
  const beginsHere = useFirstSteps();
  if (beginsHere) return <FirstSteps />;
  const offersWriting = newTopicHref && (sort === "latest" || sort === "mine");
  return (
    <EmptyState
      icon={icons[sort]}
      title={t(`empty.${sort}`)}
      action={offersWriting ? <ButtonLink to={newTopicHref} look="primary">{t("startTopic")}</ButtonLink> : elsewhere ?? (sort === "latest" ? undefined : <ButtonLink to="/latest">{t("toLatest")}</ButtonLink>)}
    >
      {sort === "latest" ? t(offersWriting ? "empty.latestMember" : isMember ? "empty.latestReader" : "empty.latestGuest") : t(`empty.${sort}Hint`)}
    </EmptyState>
  );
}
