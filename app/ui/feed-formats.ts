/** The forms in which programs read a list: how its address ends, what that is, and what people call it. */
export const feedFormats = [
  { ending: "rss", type: "application/rss+xml", name: "RSS" },
  { ending: "atom", type: "application/atom+xml", name: "Atom" },
  { ending: "json", type: "application/feed+json", name: "JSON" },
] as const;
