import { and, eq } from "drizzle-orm";
import { Parser } from "htmlparser2";
import { expect, test, vi } from "vitest";
import { audit } from "#app/core/audit.ts";
import type { Member } from "#app/core/viewer.ts";
import { saveDraft } from "#app/core/drafts.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { closeTopic, pinTopic, setBanner, setIdeaStatus } from "#app/forums/keep-order.ts";
import { removePost } from "#app/forums/remove-post.ts";
import { createReply } from "#app/forums/replies.ts";
import { createTopic } from "#app/forums/topics.ts";
import { saveSite } from "#app/community/site.ts";
import { db } from "#db/client.ts";
import { profileFields } from "#db/schema/accounts.ts";
import { groupMembers, groups } from "#db/schema/community.ts";
import { posts, tags } from "#db/schema/forums.ts";
import { ensureGroups } from "#tests/support/groups.ts";
import { make, text } from "#tests/support/make.ts";
import { cookieOf, visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

vi.setConfig({ testTimeout: 120_000 });

// Closes everything that a page could have open around it, and leaves an element of its own behind where it succeeds.
const evil = `'"></title></textarea></script>--><x-evil onload=1>`;
/** Where there is less room. */
const short = `'"></script><x-evil onload=1>`;

/** Whether an element of the writer's own stands in the page, as a parser of HTML reads it, or an attribute that runs. */
function breaksOut(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === "x-evil") found.push("<x-evil>");
      for (const [attribute, value] of Object.entries(attributes)) if (attribute.startsWith("on") || /^\s*javascript:/i.test(value)) found.push(`${name} ${attribute}=${value}`);
    },
  }, { lowerCaseTags: true });
  parser.write(html);
  parser.end();
  return found;
}

/** A community in which everything that people can name has a hostile name. */
async function hostileCommunity() {
  await ensureGroups();
  const admin = await make.member({ role: "owner", username: "landlady", name: evil });
  const author = await make.member({ username: "author", name: evil, title: evil, bio: evil, location: evil });
  const division = await make.division({ slug: "here", name: evil, tagline: evil, description: evil, menu: [{ label: short, href: "/" }] });
  const category = await make.category({ everyone: "see", members: "create" }, { divisionId: division.id, slug: "place", name: evil, description: evil });
  const [group] = await db.insert(groups).values({ kind: "custom", name: evil, description: evil }).returning();
  await db.insert(groupMembers).values({ groupId: group!.id, memberId: author.id });
  await db.insert(profileFields).values({ name: evil, hint: evil });
  await saveSite(admin, { name: evil, tagline: evil, welcome: evil });
  const topic = await createTopic(author, category.id, { title: `battery ${evil}`, kind: "idea", body: text(`battery ${evil}`), tags: ["shared"], key: undefined });
  await db.update(tags).set({ name: short, description: evil });
  const ref = { topicId: topic.id, postNumber: 2 };
  await createReply(author, topic.id, { body: text(`battery ${evil}`), key: undefined });
  await createReply(author, topic.id, { body: text("to be removed"), key: undefined });
  await createReply(admin, topic.id, { body: text(evil), replyToNumber: 1, key: undefined });
  const [second] = await db.select().from(posts).where(and(eq(posts.topicId, topic.id), eq(posts.number, 2)));
  await editPost(author, ref, { body: text(`battery ${evil} and more`), reason: evil, stamp: stampOf(second!) });
  await removePost(admin, { topicId: topic.id, postNumber: 3 }, { reason: evil });
  await setIdeaStatus(admin, topic.id, { status: "planned", reason: evil });
  await pinTopic(admin, topic.id, { scope: "site", until: null });
  await setBanner(admin, topic.id, { on: true });
  await closeTopic(admin, topic.id, { reason: evil });
  await saveDraft(author, "topic", { version: 0, title: evil, body: evil, fields: { tags: evil } });
  await db.transaction((tx) => audit(tx, { actorId: admin.id, action: "site.edited", target: evil, detail: { [evil]: evil } }));
  await finishWork();
  return { admin, author, category, division, group: group!, topic };
}

test("no name, title, reason or note breaks out of its place on any page", async () => {
  const { admin, author, category, division, group, topic } = await hostileCommunity();
  const at = `/t/${topic.slug}/${topic.id}`;
  const q = encodeURIComponent(evil);
  const pages = ["/", "/latest", "/top?period=all", "/new", "/unanswered", "/mine", "/divisions", "/d/here", `/c/place/${category.id}`, "/tags", "/tag/shared", "/tag/shared/manage", at, `${at}/2/history`, `${at}/2/reactions`, `${at}/2/edit`, `${at}/edit`, `${at}/manage`, `${at}/2/remove`, `${at}?reply=2&quote=1`,
    "/u/author", "/u/author/posts", "/u/landlady", "/search?q=battery", `/search?q=${q}`, `/search?q=battery&order=${q}`, "/notifications", "/drafts", "/new-topic", `/groups/${group.id}`, "/settings/profile", "/settings/account", "/settings/sessions",
    "/admin", "/admin/divisions", `/admin/divisions/${division.id}`, `/admin/categories/${category.id}`, `/admin/categories/${category.id}/rights`, `/admin/categories/${category.id}/move`, "/admin/groups", "/admin/members", "/admin/profile-fields", "/admin/site", "/admin/audit",
    `/nowhere/${q}`, `/sign-in?next=${q}`, `/sign-up?next=javascript:hit()`, `/check-mail?next=${q}`, `/tag/${q}`, `/u/${q}`];
  const found: [string, string[]][] = [];
  let shown = 0;
  for (const as of [undefined, author, admin] as (Member | undefined)[]) {
    const cookie = as && (await cookieOf(as));
    for (const path of pages) {
      const answer = await visit(path, { cookie });
      const page = await answer.text();
      expect(answer.status, path).toBeLessThan(500);
      if (page.includes("x-evil")) shown += 1;
      const escapes = breaksOut(page);
      if (escapes.length > 0) found.push([path, escapes]);
    }
  }
  expect(found).toEqual([]);
  expect(shown, "pages that show some of it").toBeGreaterThan(60);
});

test("what is typed into a refused form comes back as words", async () => {
  const { admin, category, topic } = await hostileCommunity();
  const cookie = await cookieOf(admin);
  const at = `/t/${topic.slug}/${topic.id}`;
  const forms: [string, Record<string, string>, string | undefined][] = [
    ["/sign-up", { username: evil, email: evil, password: "x", next: evil }, undefined], ["/sign-in", { login: evil, password: "x", next: evil }, undefined], ["/reset-password", { email: evil }, undefined],
    ["/new-topic", { category: String(category.id), kind: "idea", title: "", body: evil, tags: evil, key: evil, draftId: evil }, cookie], [`${at}/edit`, { title: "", kind: evil, categoryId: evil, tags: evil, reason: evil }, cookie],
    [`${at}/2/edit`, { body: evil, reason: evil, stamp: evil }, cookie], [`/preview?of=${encodeURIComponent(evil)}&to=${encodeURIComponent(evil)}`, { body: evil, [evil]: evil }, cookie],
    ["/settings/profile", { name: "", title: evil, bio: evil, location: evil, website: evil }, cookie], ["/admin/divisions", { name: evil.repeat(3), slug: evil, tagline: evil, description: evil, accent: evil, menu: evil }, cookie],
    ["/admin/profile-fields", { intent: "create", name: "", hint: evil }, cookie], ["/admin/groups", { name: "", description: evil }, cookie], [`${at}/pin`, { scope: evil, until: evil }, cookie],
  ];
  for (const [path, form, as] of forms) {
    const answer = await visit(path, { cookie: as ?? "", form });
    expect(answer.status, path).toBeLessThan(500);
    expect(breaksOut(await answer.text()), path).toEqual([]);
  }
});
