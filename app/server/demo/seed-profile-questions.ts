import type { Tx } from "#db/client.ts";
import { profileAnswers, profileFields } from "#db/schema/accounts.ts";
import { seedQuestions } from "#db/seed/profile-questions.ts";
import type { Members } from "./seed-people.ts";

/** What this community asks its members about themselves, and what some have told. */
export async function seedProfileQuestions(tx: Tx, members: Members): Promise<void> {
  const fields = await tx
    .insert(profileFields)
    .values(seedQuestions.map(({ name, hint, staffOnly }, position) => ({ name, hint, staffOnly, position })))
    .returning();
  const answers = seedQuestions.flatMap(({ name, answers }) =>
    Object.entries(answers).map(([username, value]) => ({ memberId: members.get(username)!.id, fieldId: fields.find((field) => field.name === name)!.id, value })),
  );
  await tx.insert(profileAnswers).values(answers);
}
