import type { IconName } from "#app/ui/icon-names.ts";
import type { Translate } from "#app/ui/i18n.tsx";
import type { IdeaStatus, ReactionKind } from "#db/schema/forums.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import type all from "./words.ts";
import type en from "../messages/en.json";

/** The words of this area, handed down to rows so that a page of posts asks for them once. */
export type T = Translate<typeof en>;

/** The same on pages that are opened now and then. */
export type AllT = Translate<typeof all>;

export const kindLooks: Record<TopicKind, { icon: IconName; label: keyof typeof en }> = {
  discussion: { icon: "messages-square", label: "kindDiscussion" },
  question: { icon: "circle-help", label: "kindQuestion" },
  idea: { icon: "lightbulb", label: "kindIdea" },
  announcement: { icon: "megaphone", label: "kindAnnouncement" },
};

export const reactionLooks: Record<ReactionKind, { icon: IconName; label: keyof typeof en }> = {
  like: { icon: "thumbs-up", label: "reactLike" },
  thanks: { icon: "heart", label: "reactThanks" },
  insightful: { icon: "lightbulb", label: "reactInsightful" },
  celebrate: { icon: "party-popper", label: "reactCelebrate" },
  same_here: { icon: "users", label: "reactSameHere" },
  funny: { icon: "laugh", label: "reactFunny" },
};

export const reactionKinds = Object.keys(reactionLooks) as ReactionKind[];

export const statusLooks: Record<IdeaStatus, { label: keyof typeof en; className: string }> = {
  open: { label: "statusOpen", className: "bg-sunken text-ink-soft" },
  under_review: { label: "statusUnderReview", className: "bg-info-soft text-info" },
  planned: { label: "statusPlanned", className: "bg-accent-soft text-accent-strong" },
  shipped: { label: "statusShipped", className: "bg-success-soft text-success" },
  declined: { label: "statusDeclined", className: "bg-danger-soft text-danger" },
};
