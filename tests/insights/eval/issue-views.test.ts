import { expect, test } from "vitest";
import { formOfIssue, wordsOfIssue } from "#app/insights/eval/issue-views.ts";

const marks = (whole: string) => new Set(formOfIssue({ title: "Crash", whole })[1]!.buckets);

test("a form that was filled in is told from one that was left empty", () => {
  const filled = marks("## Steps to reproduce\nOpen the page and press save, then wait.\n## Version\n1.2");
  const left = marks("## Steps to reproduce\n_No response_\n## Version\n1.2");
  expect(filled).not.toEqual(left);
  // The heading itself is there both times, and so is the other one with what stands under it.
  expect([...filled].filter((bucket) => left.has(bucket)).length).toBeGreaterThanOrEqual(3);
});

test("the words of an issue count where they stand: in the title or in the body", () => {
  const [body, title] = wordsOfIssue({ title: "Save fails", whole: "Save fails" });
  expect([...body!.buckets].some((bucket) => title!.buckets.includes(bucket))).toBe(false);
  expect(wordsOfIssue({ title: "", whole: "" }).map(({ buckets }) => buckets.length)).toEqual([0, 0, 0]);
});
