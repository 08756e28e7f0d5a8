import type { Translate } from "#app/ui/i18n.tsx";
import type { ArticleState } from "#db/schema/blogs.ts";
import type en from "../messages/en.json";

export type T = Translate<typeof en>;

/** How the states of an article are called and look. */
export const stateLooks: Record<ArticleState, { label: keyof typeof en; className: string }> = {
  draft: { label: "stateDraft", className: "bg-sunken text-ink-soft" },
  scheduled: { label: "stateScheduled", className: "bg-info-soft text-info" },
  published: { label: "statePublished", className: "bg-success-soft text-success" },
  unpublished: { label: "stateUnpublished", className: "bg-warning-soft text-warning" },
};
