import { and, eq, sql } from "drizzle-orm";
import { addCategory } from "#app/community/categories.ts";
import { canAdminister } from "#app/community/policy.ts";
import { audit } from "#app/core/audit.ts";
import { InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { refuseTaken } from "#app/core/unique.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { blogAuthors, blogFollows, blogs, blogSlugs, type Blog } from "#db/schema/blogs.ts";
import { categories } from "#db/schema/community.ts";
import { accessBlog, readBlog } from "./blogs.ts";
import type { BlogInput, NewBlogInput } from "./inputs.ts";

/** Everyone reads and members comment; staff and the authors named write, until an admin says otherwise on the page of its rights. */
const firstLevels = { everyone: "see", members: "reply", staff: "create" } as const;

/** A blog with the category whose rights are its own. */
export function createBlog(admin: Member, { divisionId, owner, ...input }: NewBlogInput): Promise<Blog> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const ownerId = await ownerOf(tx, input.voice, owner);
    await refuseOldAddress(tx, input.slug);
    const category = await addCategory(tx, admin, divisionId, {
      name: input.name, slug: `blog-${input.slug}`.slice(0, 40).replace(/-+$/, ""), description: input.description, colour: null, icon: "newspaper",
      defaultKind: "discussion", allowedKinds: ["discussion"], readForFeedback: true, parentId: null, holds: "blog", levels: firstLevels,
    });

    const [blog] = await refuseTaken("slug", "blogs.slugTaken", tx.insert(blogs).values({ ...input, ownerId, categoryId: category.id }).returning());
    await audit(tx, { actorId: admin.id, action: "blog.created", target: `blog:${blog!.id}`, detail: { name: input.name, slug: input.slug, divisionId } });
    return blog!;
  });
}

/** Changes what a blog is called and whose it is. The address it had goes on to lead to it. */
export function editBlog(admin: Member, blogId: number, { owner, ...input }: BlogInput): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const before = await readBlog(tx, blogId);
    const ownerId = await ownerOf(tx, input.voice, owner);
    if (before.slug !== input.slug) {
      await refuseOldAddress(tx, input.slug, blogId);
      // Back under an address it had: that is its own again.
      await tx.delete(blogSlugs).where(and(eq(blogSlugs.slug, input.slug), eq(blogSlugs.blogId, blogId)));
      await tx.insert(blogSlugs).values({ slug: before.slug, blogId }).onConflictDoNothing();
    }

    await refuseTaken("slug", "blogs.slugTaken", tx.update(blogs).set({ ...input, ownerId }).where(eq(blogs.id, blogId)));
    await tx.update(categories).set({ name: input.name, description: input.description }).where(eq(categories.id, before.categoryId));
    await audit(tx, { actorId: admin.id, action: "blog.edited", target: `blog:${blogId}`, detail: { before: { name: before.name, slug: before.slug, voice: before.voice }, after: input } });

    await record(tx, { type: "places.changed" });
  });
}

/** Lets someone write in a blog whatever their groups may do. */
export function addAuthor(admin: Member, blogId: number, username: string): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    await readBlog(tx, blogId);
    const memberId = await memberNamed(tx, "username", username);

    await tx.insert(blogAuthors).values({ blogId, memberId }).onConflictDoNothing();
    await audit(tx, { actorId: admin.id, action: "blog.author-added", target: `blog:${blogId}`, detail: { memberId } });
  });
}

/** What they wrote stays. */
export function dropAuthor(admin: Member, blogId: number, memberId: number): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    await readBlog(tx, blogId);

    await tx.delete(blogAuthors).where(and(eq(blogAuthors.blogId, blogId), eq(blogAuthors.memberId, memberId)));
    await audit(tx, { actorId: admin.id, action: "blog.author-dropped", target: `blog:${blogId}`, detail: { memberId } });
  });
}

/** Tells a member of each new article from now on, or no more. Pressed twice it is as pressed once. */
export async function followBlog(member: Member, slug: string, { on }: { on: boolean }): Promise<Blog> {
  const blog = await accessBlog(db, member, slug);
  if (on) await db.insert(blogFollows).values({ blogId: blog.id, memberId: member.id }).onConflictDoNothing();
  else await db.delete(blogFollows).where(and(eq(blogFollows.blogId, blog.id), eq(blogFollows.memberId, member.id)));
  return blog;
}

async function ownerOf(tx: Tx, voice: BlogInput["voice"], owner: string): Promise<number | null> {
  return voice === "person" ? memberNamed(tx, "owner", owner) : null;
}

async function memberNamed(tx: Tx, field: string, username: string): Promise<number> {
  const [member] = await tx.select({ id: members.id }).from(members).where(eq(sql`lower(${members.username})`, username.toLowerCase()));
  if (!member) throw new InvalidInputError(field, "blogs.nobodyCalled", { name: username });
  return member.id;
}

/** An address that led elsewhere once goes on to lead there. */
async function refuseOldAddress(tx: Tx, slug: string, blogId = 0): Promise<void> {
  const [old] = await tx.select({ blogId: blogSlugs.blogId }).from(blogSlugs).where(eq(blogSlugs.slug, slug));
  if (old && old.blogId !== blogId) throw new InvalidInputError("slug", "blogs.slugTaken");
}
