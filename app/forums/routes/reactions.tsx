import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { isModeratorOf } from "#app/core/viewer.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { reactionKind } from "#db/schema/forums.ts";
import { reactionLooks } from "../components/post-words.ts";
import { postParams } from "../inputs.ts";
import { accessPost } from "../lock-topic.ts";
import en from "../components/words.ts";
import { topicPath } from "../paths.ts";
import { homeOfPost } from "../talk-subject.ts";
import { listReactors } from "../reactors.ts";
import { accessTopic } from "../topics.ts";

const asked = z.object({
  kind: z.enum(reactionKind.enumValues).optional().catch(undefined),
  after: z
    .string()
    .transform((text) => ({ kind: text.split(".")[0], memberId: Number(text.split(".")[1]) }))
    .pipe(z.object({ kind: z.enum(reactionKind.enumValues), memberId: z.number().int().positive() }))
    .optional()
    .catch(undefined),
});

/** Who reacted to a post, for those who ask. */
export const loader = defineLoader({ params: postParams }, async ({ viewer, params: { topicId, postNumber }, request }) => {
  const topic = await accessTopic(db, viewer, topicId);
  const post = await accessPost(db, viewer, topic, postNumber);
  if (post.removedAt && !isModeratorOf(viewer, topic.divisionId)) throw new NotFoundError("post");
  const { kind, after } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const list = await listReactors(db, post.id, { kind, after });
  return {
    ...list,
    place: { divisionId: topic.divisionId, categoryId: topic.categoryId },
    kind,
    number: postNumber,
    path: topicPath(topic, postNumber),
    home: await homeOfPost(db, topic, postNumber),
    title: translate(viewer.locale, "forums.reactionsTitle", { number: postNumber }),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [...titled(data?.title, matches), { name: "robots", content: "noindex" }];

export default function ReactionsPage() {
  const { people, next, number, path, home, kind } = useLoaderData<typeof loader>();
  const t = useT("forums", en);
  return (
    <Page>
      <PageHeader title={t("reactionsTitle", { number })} place={<Link to={home} className="hover:underline">{t("backToPost")}</Link>} />
      {people.length === 0 && <EmptyState icon="smile" title={t("noReactions")} />}
      <ul>
        {people.map((person) => (
          <li key={`${person.kind}${person.id}`} className="flex min-h-14 items-center gap-3 border-t border-line first:border-0">
            <Avatar name={person.name} fileId={person.avatarFileId} size={32} />
            <Link to={`/u/${person.username}`} className="font-semibold hover:underline">{person.name}</Link>
            <SpeakerBadge label={person.label} />
            <span className="ml-auto inline-flex items-center gap-2 text-sm text-ink-soft"><Icon name={reactionLooks[person.kind].icon} size={16} />{t(reactionLooks[person.kind].label)}</span>
            <Time at={person.at} className="w-24 text-right text-sm text-ink-faint max-sm:hidden" />
          </li>
        ))}
      </ul>
      <LoadMore href={next && `${path}/reactions?after=${next}${kind ? `&kind=${kind}` : ""}`} label={t("moreNames")} />
    </Page>
  );
}
