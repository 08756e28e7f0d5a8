import { readMember } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { refreshAccess } from "#app/community/rights.ts";
import { createReply } from "#app/forums/replies.ts";
import { createTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { categories, categoryRights, divisions, groups } from "#db/schema/community.ts";
import type { RichText } from "#db/schema/rich-text.ts";

/** Fills an empty community, through the same commands as people use, so that everything that follows happens. */
export async function seedDemo(): Promise<void> {
  const [ada, cleo] = [await addPerson("ada"), await addPerson("cleo")];
  const [division] = await db.insert(divisions).values({ slug: "main", name: "Main" }).returning();
  const [ideas] = await db.insert(categories).values({ divisionId: division!.id, slug: "ideas", name: "Ideas" }).returning();
  for (const group of await db.select().from(groups)) {
    await db.insert(categoryRights).values({ categoryId: ideas!.id, groupId: group.id, level: group.kind === "everyone" ? "see" : "create" });
  }
  await db.transaction(refreshAccess);
  const topic = await createTopic(ada, ideas!.id, { title: "What should we build next?", kind: "discussion", body: say("Welcome! Tell us what you miss.") });
  await createReply(cleo, topic.id, { body: say("Please add tables to the editor. It crashes when I paste one.") });
}

async function addPerson(username: string): Promise<Member> {
  const [row] = await db
    .insert(members)
    .values({ username, usernameSkeleton: username, name: username, email: `${username}@example.com`, emailVerifiedAt: new Date() })
    .returning();
  return (await readMember(row!.id))!;
}

function say(text: string): RichText {
  return { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] };
}
