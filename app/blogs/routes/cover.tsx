import { data, redirect, type ActionFunctionArgs } from "@remix-run/node";
import { Link, useActionData } from "@remix-run/react";
import { AppError, NotFoundError, SignInRequiredError } from "#app/core/errors.ts";
import { receiveUpload } from "#app/core/files/receive-upload.ts";
import { leadTo, viewerOf } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { requireMember, wasSignedOut } from "#app/core/viewer.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { accessArticle } from "../articles.ts";
import { articleAt } from "../blog-for.ts";
import { sendCover } from "../covers.ts";
import { articleParams } from "../inputs.ts";
import en from "../messages/en.json";
import { articlePath } from "../paths.ts";

export const loader = leadTo({ params: articleParams }, async ({ viewer, params, request }) => `${(await articleAt(viewer, params, request)).path}/edit`);

/** Takes a file, which `defineAction` does not: the picture of an article, from a browser without scripts. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await viewerOf(request, context);
  try {
    const actor = requireMember(viewer);
    const address = articleParams.safeParse(params);
    if (!address.success) throw new NotFoundError("article");
    const { id } = address.data.article;
    const article = await accessArticle(db, actor, id);
    await limitRate("upload", actor.id, { points: 60, perSeconds: 600 });
    await sendCover(actor, id, await receiveUpload(request));
    return redirect(`${articlePath({ blog: article.blog.slug, slug: article.slug, id })}/edit`);
  } catch (error) {
    if (error instanceof SignInRequiredError && !wasSignedOut(viewer)) return redirect(`/sign-in?next=${encodeURIComponent(new URL(request.url).pathname)}`);
    if (error instanceof AppError) return data({ message: translate(viewer.locale, error.status === 401 ? "core.signedOut" : error.key, error.values) }, { status: error.status });
    throw error;
  }
}

/** Why a picture was refused. */
export default function CoverRefused() {
  const t = useT("blogs", en);
  const refused = useActionData<typeof action>();
  return (
    <Page>
      <PageHeader title={t("cover")} />
      {refused && <Notice tone="danger" className="mb-6">{refused.message}</Notice>}
      <Link to="../edit" relative="path" className="text-accent-strong underline underline-offset-2">{t("backToForm")}</Link>
    </Page>
  );
}
