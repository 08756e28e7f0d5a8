import { expect, test } from "vitest";
import { titleOf, type T } from "#app/insights/components/theme-title.ts";

const called = (title: string) => titleOf({ id: 1, title, isNamed: false, statementCount: 1 }, ((key: string) => key) as T);

test("a theme in a member's words stands in quotation marks once, and the marks within stay whole", () => {
  expect(called('"Dark mode"')).toBe("“Dark mode”");
  expect(called('A simple mode for the one who only wants to know "is it good?"')).toBe('“A simple mode for the one who only wants to know "is it good?"”');
  expect(called('"A" is not "B"')).toBe('“"A" is not "B"”');
});
