import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { defineLoader } from "#app/core/http.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { readReading } from "../article-page.ts";
import { ArticleView } from "../components/article-view.tsx";
import { previewParams } from "../inputs.ts";
import en from "../messages/en.json";
import { previewPath } from "../paths.ts";
import { readPreview } from "../previews.ts";

/** An article before it is public, for whoever has the link. Nothing keeps it, finds it, or learns its address by a link in it. */
export const loader = defineLoader({ params: previewParams }, async ({ params: { blog, token }, context }) => {
  const headers = (context.answerHeaders ??= new Headers());
  headers.set("Cache-Control", "private, no-store");
  headers.set("Referrer-Policy", "no-referrer");
  const article = await readPreview(db, blog, token);
  const reading = await readReading(db, article);
  const files = previewPath(blog, token);
  const there = (address: string) => address.replace(/^\/files\//, `${files}/files/`);
  return {
    title: article.title,
    blog: article.blog,
    article: {
      ...reading,
      series: null,
      // Its files are shown to nobody else yet: here they come by the secret of the preview.
      bodyHtml: reading.bodyHtml.replaceAll('="/files/', `="${files}/files/`).replaceAll(", /files/", `, ${files}/files/`),
      cover: reading.cover && { ...reading.cover, src: there(reading.cover.src), copies: reading.cover.copies.map((copy) => ({ ...copy, src: there(copy.src) })) },
    },
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [...titled(data?.title, matches), { name: "robots", content: "noindex, nofollow" }, { name: "referrer", content: "no-referrer" }];

export default function PreviewPage() {
  const { article, blog } = useLoaderData<typeof loader>();
  const t = useT("blogs", en);
  return (
    <Page width="wide">
      <Notice className="article-state mb-6" title={t("previewTitle")}>{t("previewLead")}</Notice>
      <ArticleView article={article} blog={blog} t={t} />
    </Page>
  );
}
