import { expect, test } from "vitest";
import { hasNoSubject } from "#app/insights/subject-words.ts";

test("a question or trouble that names nothing has no subject", () => {
  for (const quote of ["Thoughts?", "What do you think?", "Is this possible?", "Any ideas?", "Am I missing something?", "How do others feel about this?", "Does it make sense?", "Any update on this?"])
    expect(hasNoSubject({ intent: "question", quote }), quote).toBe(true);
  for (const quote of ["It doesn't work for me either.", "Same here!", "That is just wrong."]) expect(hasNoSubject({ intent: "bug", quote }), quote).toBe(true);
});

test("what names a thing has one, however short", () => {
  for (const quote of ["Thoughts on video?", "Is an export possible?", "What do you think of the new logo?"]) expect(hasNoSubject({ intent: "question", quote }), quote).toBe(false);
  expect(hasNoSubject({ intent: "bug", quote: "The gateway doesn't work." })).toBe(false);
  expect(hasNoSubject({ intent: "feature", quote: "Please add dark mode." })).toBe(false);
});

test("thanks for an answer are praise of nothing; praise of a thing says what is liked", () => {
  for (const quote of ["Thank you.", "Thanks for the explanation, that clarified it.", "Thanks a lot for the quick and detailed answer, it helped me very much!", "@ada Thanks for raising this.", "Thank you for your valuable feedback on it."]) expect(hasNoSubject({ intent: "praise", quote }), quote).toBe(true);
  for (const quote of ["I love the dark mode.", "The new search is wonderful.", "Thank you for the brilliant dark mode!"]) expect(hasNoSubject({ intent: "praise", quote }), quote).toBe(false);
});
