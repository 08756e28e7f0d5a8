import { data, redirect, type ActionFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { InvalidInputError, nullIfMissing } from "#app/core/errors.ts";
import { defineAction, defineLoader, noParams, refusalOf, viewerOf } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { isStaff, requireMember } from "#app/core/viewer.ts";
import { findSimilar } from "#app/discovery/similar.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { FirstSteps, useFirstSteps } from "#app/ui/shell/first-steps.tsx";
import { db } from "#db/client.ts";
import { topicKind } from "#db/schema/topic-kind.ts";
import { accessCategory } from "../categories.ts";
import { listCreatable } from "../category-tree.ts";
import { DraftOffers } from "../components/draft-offers.tsx";
import { NewTopicForm } from "../components/new-topic-form.tsx";
import { accessDraft, readDraft } from "#app/core/drafts.ts";
import { canTakePart } from "#app/core/taking-part.ts";
import { createTopicInput } from "../inputs.ts";
import en from "../components/words.ts";
import { topicPath } from "../paths.ts";
import { readPostingForm, type PostingForm } from "../posting-form.ts";
import { createTopic } from "../topics.ts";

const asked = z.object({
  category: idParam.optional().catch(undefined),
  division: z.string().max(100).optional().catch(undefined),
  kind: z.enum(topicKind.enumValues).optional().catch(undefined),
  draft: idParam.optional().catch(undefined),
  /** What they looked for and did not find. */
  title: z.string().trim().max(200).optional().catch(undefined),
});

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireMember(viewer);
  const search = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [places, kept, draft] = await Promise.all([
    listCreatable(db, member),
    readDraft(member, "topic"),
    search.draft ? accessDraft(db, member, search.draft) : null,
  ]);
  const wanted = search.category ?? (draft ? Number(draft.fields.category) : undefined);
  // Where one came from, else the only place there is; never a place that was not meant.
  const category = places.find(({ id }) => id === wanted) ?? (places.length === 1 ? places[0] : undefined);
  return {
    places,
    categoryId: category?.id ?? null,
    posting: category ? await readPostingForm(db, category.id) : null,
    division: search.division ?? null,
    kind: search.kind ?? topicKind.enumValues.find((kind) => kind === draft?.fields.kind) ?? category?.defaultKind ?? "discussion",
    draft,
    offers: [...(kept.current ? [kept.current] : []), ...kept.conflicts].filter(({ id }) => id !== draft?.id).slice(0, 5).map(({ id, title, updatedAt }) => ({ id, title, updatedAt })),
    asked: search.title ?? "",
    mayAnnounce: isStaff(member),
    /** Why they may not write anywhere, when there is one reason for all places. */
    refusal: refusalOf(viewer, canTakePart(viewer)),
    key: randomUUID(),
    title: translate(viewer.locale, "forums.newTopic"),
  };
});

const input = createTopicInput.extend({ similar: z.enum(["unseen", "shown"]).catch("shown"), category: z.string().regex(/^[1-9]\d{0,14}$/, "forums.chooseCategory").transform(Number) });

const create = defineAction({ params: noParams, input }, async ({ viewer, input: { category, similar, ...topic } }) => {
  const member = requireMember(viewer);
  await limitRate("topic", member.id, { points: 20, perSeconds: 600 });
  if (similar === "unseen" && (await findSimilar(member, topic.title)).length > 0) throw new InvalidInputError("similar", "forums.similar.first");
  return redirect(topicPath(await createTopic(member, category, topic)));
});

/** Where no scripts run, topics like a new one are shown once before it is posted. */
export const action = async (args: ActionFunctionArgs) => {
  const answer = await create(args);
  if (!("data" in answer)) return answer;
  const posting = await postingOf(args, answer.data.values.category);
  if (!answer.data.fields.similar) return data({ ...answer.data, posting }, answer.init ?? undefined);
  const similar = await findSimilar(await viewerOf(args.request, args.context), answer.data.values.title ?? "");
  return data({ ...answer.data, similar, posting }, { status: 422 });
};

export const shouldRevalidate = staysWhenSignedOut;

/** What the chosen place asks, to be shown with what was refused; null where they may not look. */
async function postingOf({ request, context }: ActionFunctionArgs, chosen: string | undefined): Promise<PostingForm | null> {
  const id = idParam.safeParse(chosen);
  if (!id.success) return null;
  const place = await accessCategory(db, await viewerOf(request, context), id.data).catch(nullIfMissing);
  return place && readPostingForm(db, place.id);
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function NewTopicPage() {
  const { title, refusal, offers, ...form } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const t = useT("forums", en);
  const beginsHere = useFirstSteps();
  const nowhere = refusal ?? (form.places.length === 0 ? t("mayNotCreateAnywhere") : null);
  return (
    <Page>
      <PageHeader title={title} />
      {nowhere && beginsHere ? <FirstSteps /> : nowhere ? (
        <EmptyState icon="lock" title={t("cannotStart")}>{nowhere}</EmptyState>
      ) : (
        <>
          {!problem && <DraftOffers offers={offers} />}
          <NewTopicForm {...form} key={form.draft?.id ?? 0} formKey={form.key} problem={problem} />
        </>
      )}
    </Page>
  );
}
