import slugify from "@sindresorhus/slugify";

export type OutlineEntry = { id: string; level: 2 | 3; text: string };

const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

/** The headings of rendered words, and the same words with an anchor at each. */
export function outlined(html: string): { html: string; outline: OutlineEntry[] } {
  const outline: OutlineEntry[] = [];
  const taken = new Set<string>();
  const anchored = html.replace(/<h([23])>(.*?)<\/h\1>/g, (_whole, level: string, inside: string) => {
    const text = inside.replace(/<[^>]*>/g, "").replace(/&(?:amp|lt|gt|quot|#39);/g, (sign) => entities[sign]!);
    const name = `s-${slugify(text).slice(0, 60) || "part"}`;
    let id = name;
    for (let more = 2; taken.has(id); more++) id = `${name}-${more}`;
    taken.add(id);
    outline.push({ id, level: level === "2" ? 2 : 3, text });
    return `<h${level} id="${id}">${inside}</h${level}>`;
  });
  return { html: anchored, outline };
}
