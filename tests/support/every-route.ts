import type { ServerBuild } from "@remix-run/node";
import { setTopicTags } from "#app/forums/tags.ts";
import { db } from "#db/client.ts";
import { themes } from "#db/schema/insights.ts";
import { ensureGroups } from "./groups.ts";
import { make } from "./make.ts";
import { cookieOf, visit } from "./visit.ts";

// For tests that ask every address there is, taken from the table of routes itself.

export const build = (await import("../../build/server/index.js" as string)) as ServerBuild;
export const routes = Object.values(build.routes).flatMap((route) => (route ? [route] : []));
export const acting = routes.filter(({ module }) => module.action);

/** Where a route stands, with its parameters: `/t/:slug/:topicId`. */
export function patternOf(id: string): string {
  const route = build.routes[id]!;
  const parent = route.parentId ? patternOf(route.parentId).replace(/\/$/, "") : "";
  return `${parent}/${route.path ?? ""}`;
}

/** An owner, who may do everything, and a place in which everything is there to be done. */
export async function place() {
  await ensureGroups();
  const owner = await make.member({ role: "owner" });
  const category = await make.category({ everyone: "see", members: "create" });
  const topic = await make.topic({ categoryId: category.id, kind: "question", authorId: owner.id });
  for (const authorId of [owner.id, (await make.member()).id]) await make.post({ topicId: topic.id, authorId });
  await db.transaction((tx) => setTopicTags(tx, topic.id, ["x"]));
  const group = await make.group();
  const blog = await make.blog({ slug: "blog-y" });
  const article = await make.article({ blogId: blog.id, authorId: owner.id, state: "draft" });
  const wiki = await make.wiki();
  const page = await make.page({ wikiId: wiki.id });
  const [theme] = await db.insert(themes).values({ intent: "bug", title: "A theme" }).returning();
  const params: Record<string, string> = {
    slug: topic.slug, topicId: String(topic.id), postNumber: "2", "postNumber?": "2", categoryId: String(category.id), divisionId: String(category.divisionId), division: "x", groupId: String(group.id),
    memberId: String((await make.member()).id), username: (await make.member()).username, "tab?": "posts", draftId: "1", lineId: "1", key: "topic", name: "x", token: "a".repeat(43), fileId: "1", size: "96", "*": "nowhere", themeId: String(theme!.id), statementId: "1",
    blog: blog.slug, blogId: String(blog.id), article: `${article.slug}-${article.id}`, series: "s", tag: "x", wiki: wiki.slug, page: `${page.slug}-${page.id}`, wikiId: String(wiki.id),
    version: "1", kind: "topic", id: String(topic.id), "version?": "x.png", format: "rss",
  };
  return { owner, params, cookie: await cookieOf(owner) };
}

export const addressOf = (pattern: string, params: Record<string, string>) => pattern.replace(/:(\w+\??)|\*/g, (all, name: string | undefined) => params[name ?? all]!);

/** Attempts of this test so far are forgotten: what is tried next should be looked at, not refused for haste. */
function forgetAttempts(): void {
  const { wellspring } = globalThis as { wellspring?: Map<string, unknown> };
  for (const name of wellspring?.keys() ?? []) if (name.startsWith("limit:")) wellspring!.delete(name);
}

/** Posts a form as this visitor; answers the status. */
export async function postForm(address: string, cookie: string, body: string | URLSearchParams, type = "application/x-www-form-urlencoded"): Promise<number> {
  forgetAttempts();
  return (await visit(address, { cookie, method: "POST", body: typeof body === "string" ? new Blob([body]) : new Blob([body.toString()]), headers: { "content-type": type } })).status;
}
