import { expect, test } from "vitest";
import { afterCommit } from "#db/after-commit.ts";
import { db } from "#db/client.ts";
import { tags } from "#db/schema/index.ts";

test("what waits for a change is done once others can see it, and before whoever made it goes on", async () => {
  const seen: unknown[] = [];
  let counted: Promise<number> | undefined;
  const answer = await db.transaction(async (tx) => {
    afterCommit(tx, () => {
      seen.push("done");
      counted = db.$count(tags);
    });
    await tx.insert(tags).values({ name: "Frost", slug: "frost" });
    seen.push("written");
    return "answer";
  });
  seen.push(answer);
  expect(seen).toEqual(["written", "done", "answer"]);
  expect(await counted).toBe(1);
});

test("what waits for a change that did not come about is never done", async () => {
  const seen: string[] = [];
  const failed = db.transaction(async (tx) => {
    afterCommit(tx, () => seen.push("done"));
    await tx.insert(tags).values({ name: "Frost", slug: "frost" });
    throw new Error("No.");
  });
  await expect(failed).rejects.toThrow("No.");
  expect([seen, await db.$count(tags)]).toEqual([[], 0]);
});
