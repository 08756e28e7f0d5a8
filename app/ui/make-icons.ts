import { readFileSync, writeFileSync } from "node:fs";
import { iconNames } from "./icon-names.ts";

// Draws public/icons.svg out of Lucide for the names in icon-names.ts: `npm run icons` after adding one.
const symbols = iconNames.map((name) => {
  const drawing = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
  const inside = drawing.slice(drawing.indexOf(">", drawing.indexOf("<svg")) + 1, drawing.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s+/g, " ").trim()}</symbol>`;
});
writeFileSync("public/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
