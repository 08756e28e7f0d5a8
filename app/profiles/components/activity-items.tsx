import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "../messages/en.json";

type Place = { id: number; slug: string; name: string; colour: string };
type TopicItemProps = { topic: { title: string; excerpt: string; replyCount: number; reactionCount: number; createdAt: Date; isSolved: boolean; category: Place }; href: string; categoryHref: string };

export function TopicItem({ topic: { title, excerpt, replyCount, reactionCount, createdAt, isSolved, category }, href, categoryHref }: TopicItemProps) {
  const t = useT("profiles", en);
  return (
    <Item href={href} title={title} excerpt={excerpt} createdAt={createdAt} category={category} categoryHref={categoryHref}>
      {isSolved && <Solved />}
      <span className="tabular">{t("replies", { count: replyCount })}</span>
      {reactionCount > 0 && <span className="tabular">{t("reactions", { count: reactionCount })}</span>}
    </Item>
  );
}

type PostItemProps = { post: { excerpt: string; createdAt: Date; reactionCounts: Record<string, number>; isSolution: boolean; topic: { title: string }; category: Place }; href: string; categoryHref: string };

export function PostItem({ post: { excerpt, createdAt, reactionCounts, isSolution, topic, category }, href, categoryHref }: PostItemProps) {
  const t = useT("profiles", en);
  const reactions = Object.values(reactionCounts).reduce((sum, count) => sum + count, 0);
  return (
    <Item href={href} title={topic.title} excerpt={excerpt} createdAt={createdAt} category={category} categoryHref={categoryHref}>
      {isSolution && <Solved />}
      {reactions > 0 && <span className="tabular">{t("reactions", { count: reactions })}</span>}
    </Item>
  );
}

type KnowledgeItemProps = { item: { title: string; excerpt: string; createdAt: Date; editCount?: number; place: { name: string; colour: string } }; href: string; placeHref: string };

/** An article, or a page with how often they wrote in it. */
export function KnowledgeItem({ item: { title, excerpt, createdAt, editCount, place }, href, placeHref }: KnowledgeItemProps) {
  const t = useT("profiles", en);
  return (
    <Item href={href} title={title} excerpt={excerpt} createdAt={createdAt} category={place} categoryHref={placeHref}>
      {editCount !== undefined && <span className="tabular">{t("edited", { count: editCount })}</span>}
    </Item>
  );
}

type ItemProps = { href: string; title: string; excerpt: string; createdAt: Date; category: Pick<Place, "name" | "colour">; categoryHref: string; children: ReactNode };

function Item({ href, title, excerpt, createdAt, category, categoryHref, children }: ItemProps) {
  return (
    <li className="py-4">
      <h2 className="font-semibold"><Link to={href} className="hover:underline">{title}</Link></h2>
      {excerpt && <p className="mt-0.5 line-clamp-2 text-ink-soft">{excerpt}</p>}
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-faint">
        <Link to={categoryHref} className="inline-flex items-center gap-1.5 hover:text-ink">
          <span aria-hidden="true" className="size-2.5 rounded-xs" style={{ backgroundColor: category.colour }} />
          {category.name}
        </Link>
        <Time at={createdAt} />
        {children}
      </p>
    </li>
  );
}

function Solved() {
  const t = useT("profiles", en);
  return <span className="inline-flex items-center gap-1 font-medium text-success"><Icon name="check-circle-2" size={15} />{t("solved")}</span>;
}
