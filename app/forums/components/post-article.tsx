import type { ReactNode } from "react";
import { Avatar } from "#app/ui/avatar.tsx";
import { cx } from "#app/ui/class-names.ts";
import { useLanguage } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { useKept } from "#app/ui/kept.tsx";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import { relativeTime, Time } from "#app/ui/time.tsx";
import { commentPath } from "../paths.ts";
import type { PostView } from "../topic-page.ts";
import { BackLink, type WayBack } from "./back-link.tsx";
import { MadePages } from "./made-pages.tsx";
import { PostMenu } from "./post-menu.tsx";
import { actsOn, type PostActs, type Rights } from "./post-rights.ts";
import type { T } from "./post-words.ts";
import { ReactionChips, ReactionPalette } from "./reactions.tsx";

type PostArticleProps = { post: PostView; topicPath: string; /** The address of what it is a comment on, where that is the page. */ home?: string; rights: Rights; /** Opened by its address: focus goes here, which also brings it into view without scripts. */ arrived: boolean; /** What stands between the words and the acts. */ lead?: ReactNode; back?: WayBack; t: T };

/** One message of a topic. Light on purpose: plain links and forms, to which the stream around it listens. */
export function PostArticle({ post, topicPath, home, rights, arrived, lead, back, t }: PostArticleProps) {
  const { number, author, removal } = post;
  const { locale } = useLanguage();
  const acts = actsOn(rights, post);
  const of = { post, topicPath, home, acts, ago: relativeTime(post.createdAt, locale), ...(back && { back }) };
  // With a lead it is another: neither taken for the one without, nor remembered as that.
  const kept = useKept(lead ? null : `<article id="post-${number}"`, "</article>", of, (known) => <Inside {...known} t={t} />);
  return (
    <article
      id={`post-${number}`}
      data-number={number}
      data-post={post.id}
      data-author={author.username}
      tabIndex={-1}
      autoFocus={arrived || undefined}
      aria-label={t("postNumber", { number })}
      className={cx("post", number === 1 && "post-lead", post.isStaffNote && "post-note", removal && "post-hidden", acts.isAnswer && "post-solution")}
      {...(lead ? { children: <Inside {...of} lead={lead} t={t} /> } : kept)}
    />
  );
}

type InsideProps = Pick<PostArticleProps, "post" | "topicPath" | "home" | "lead" | "back" | "t"> & { acts: PostActs; ago: string };

function Inside({ post, topicPath, home, acts, ago, lead, back, t }: InsideProps) {
  const { number, author, removal } = post;
  const path = `${topicPath}/${number}`;
  const link = home ? commentPath(home, number) : path;
  const answer = home ? `${home}?comment=${number}&reply=${number}` : `${path}?reply=${number}`;
  return (
    <>
      <a href={`/u/${author.username}`} tabIndex={-1} aria-hidden="true"><Avatar name={author.name} fileId={author.avatarFileId} size={40} className="max-sm:size-8! max-sm:text-xs!" /></a>
      <PostHead post={post} path={path} link={link} shown={shownNumber(number, home)} ago={ago} isAnswer={acts.isAnswer} t={t} />
      <div className="post-body">
        {back && <BackLink {...back} t={t} />}
        {post.replyTo && (
          <a href={home ? commentPath(home, post.replyTo.number, number) : `${topicPath}/${post.replyTo.number}?from=${number}`} rel="nofollow" className="post-parent">
            <Icon name="corner-down-right" size={14} />
            {post.replyTo.username ? t("inReplyTo", { name: `@${post.replyTo.username}`, number: shownNumber(post.replyTo.number, home) }) : t("inReplyToNumber", { number: shownNumber(post.replyTo.number, home) })}
          </a>
        )}
        {removal && <p className="text-sm text-danger">{removalWords(removal, t)}</p>}
        <div className="prose" data-quotable dangerouslySetInnerHTML={{ __html: post.bodyHtml }} />
        {post.origin && <p className="mt-2 text-xs text-ink-soft"><a href={post.origin.href} rel="nofollow noopener">{t("origin", post.origin)}</a></p>}
        {post.madePages.length > 0 && <MadePages pages={post.madePages} className="mt-2 text-sm" t={t} />}
        {lead}
        <div className="post-acts">
          <ReactionChips post={post} path={path} may={acts.reacts} t={t} />
          {acts.reacts && <ReactionPalette post={post} path={path} t={t} />}
          {acts.replies && (
            <>
              <a href={`${answer}#reply`} data-reply={number} className="act" aria-label={t("replyTo", { number })}><Icon name="reply" size={17} />{t("reply")}</a>
              <a href={`${answer}&quote=1#reply`} data-quote={number} className="act" aria-label={t("quotePost", { number })}><Icon name="quote" size={16} /><span className="max-sm:sr-only">{t("quote")}</span></a>
            </>
          )}
          <a href={link} data-share={number} className="act" aria-label={t("sharePost", { number })}><Icon name="link" size={16} /><span className="max-sm:sr-only">{t("share")}</span></a>
          <PostMenu post={post} path={path} topicPath={topicPath} acts={acts} t={t} />
          {post.replyCount > 0 && number > 1 && <a href={`${path}/replies`} data-replies={number} className="act"><Icon name="message-square-reply" size={16} />{t("replies", { count: post.replyCount })}</a>}
        </div>
      </div>
    </>
  );
}

function PostHead({ post: { author, createdAt, editedAt, isStaffNote }, path, link, shown, ago, isAnswer, t }: { post: PostView; path: string; link: string; shown: number; ago: string; isAnswer: boolean; t: T }) {
  return (
    <div className="post-head">
      <a href={`/u/${author.username}`} className="post-name">{author.name}</a>
      <SpeakerBadge label={author.label} />
      {author.title && <span className="max-sm:hidden">{author.title}</span>}
      {isStaffNote && <span className="font-semibold text-warning">{t("staffNote")}</span>}
      {isAnswer && <span className="inline-flex items-center gap-1 font-semibold text-success"><Icon name="check-circle-2" size={15} />{t("acceptedAnswer")}</span>}
      <span className="post-meta">
        {editedAt && <a href={`${path}/history`} title={t("editedTimes")}>{t("edited")}</a>}
        <Time at={createdAt} ago={ago} />
        <a href={link} className="tabular">#{shown}</a>
      </span>
    </div>
  );
}

/** Comments are counted from the first one: the post before it only says what they are about. */
function shownNumber(number: number, home: string | undefined): number {
  return home ? number - 1 : number;
}

export function removalWords({ by, reason }: NonNullable<PostView["removal"]>, t: T): string {
  if (!by) return t("removedUnknown");
  return reason ? t("removedBecause", { name: `@${by}`, reason }) : t("removedBy", { name: `@${by}` });
}
