import { eq, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";

/** Who is called so. @throws NotFoundError when nobody is */
export async function readAuthor(username: string): Promise<{ id: number; username: string; name: string }> {
  const [author] = await db.select({ id: members.id, username: members.username, name: members.name }).from(members).where(eq(sql`lower(${members.username})`, username.toLowerCase()));
  if (!author) throw new NotFoundError("author");
  return author;
}
