import type { ArticleState } from "#db/schema/blogs.ts";

/** A blog of the demo; its articles are in `db/seed/blogs/<slug>`. */
export type SeedBlog = { slug: string; name: string; description: string; division: string; voice: "division" | "team"; /** Written by members who are no employees. */ authors: string[] };

export const seedBlogs: SeedBlog[] = [
  { slug: "engineering", name: "Engineering", description: "How Hearthvolt works inside, and what we got wrong. Written by the people who did it.", division: "app", voice: "team", authors: [] },
  { slug: "commons", name: "From the cellar", description: "Owners write about a year, a roof, a winter. Long enough to be of use, honest enough to be believed.", division: "commons", voice: "division", authors: ["mhall", "even", "gordon", "vic", "bettina", "luc", "cleo"] },
];

/** What is not public yet, so that every state can be seen. */
export const seedUnpublished: { blog: string; author: string; title: string; state: Exclude<ArticleState, "published">; inDays?: number; zone?: string; body: string }[] = [
  {
    blog: "engineering", author: "pia", title: "How we decide what to build, in one drawing", state: "scheduled", inDays: 3, zone: "Europe/Berlin",
    body: "Every Monday four of us sit in front of the same list. It is not a list of features. It is a list of sentences that you wrote, sorted by how many of you wrote them and how much it hurt.\n\n## What comes in\n\nEverything said in the open parts of this community, each sentence with a link to where it was said.\n\n## What goes out\n\nThree things a month. Not ten. We tried ten.\n\n- One that hurts many a little.\n- One that hurts few a lot.\n- One that nobody asked for, because we broke it and know it.",
  },
  {
    blog: "engineering", author: "pia", title: "What a beta is for", state: "draft",
    body: "Notes, not an article yet.\n\n- 214 systems in the ring, 31 of them east-west (asked for by ines after January)\n- a beta that finds nothing is either very good or too small; which was 4.2?\n- ask tomasz whether we may quote him",
  },
  {
    blog: "commons", author: "cleo", title: "A second light for the hot water", state: "draft",
    body: "The kitchen traffic light worked so well that the family wants one in the bathroom. What I know so far:\n\n1. The children shower when it is green. That is the whole effect.\n2. The lamp must not be a lamp. In a bathroom it has to be low voltage and far from the water.",
  },
];
