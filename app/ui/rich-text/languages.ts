/** The languages that code is coloured in, by the name written after a fence, with their other names. */
export const codeLanguages: Record<string, { label: string; aliases?: string[] }> = {
  bash: { label: "Shell", aliases: ["sh", "shell", "zsh", "console"] },
  c: { label: "C", aliases: ["h"] },
  cpp: { label: "C++", aliases: ["c++", "cc", "hpp"] },
  csharp: { label: "C#", aliases: ["cs", "c#"] },
  css: { label: "CSS" },
  diff: { label: "Diff", aliases: ["patch"] },
  dockerfile: { label: "Dockerfile", aliases: ["docker"] },
  elixir: { label: "Elixir", aliases: ["ex"] },
  go: { label: "Go", aliases: ["golang"] },
  graphql: { label: "GraphQL", aliases: ["gql"] },
  http: { label: "HTTP" },
  ini: { label: "INI, TOML", aliases: ["toml"] },
  java: { label: "Java" },
  javascript: { label: "JavaScript", aliases: ["js", "jsx", "mjs"] },
  json: { label: "JSON" },
  kotlin: { label: "Kotlin", aliases: ["kt"] },
  lua: { label: "Lua" },
  makefile: { label: "Makefile", aliases: ["make"] },
  markdown: { label: "Markdown", aliases: ["md"] },
  nginx: { label: "Nginx" },
  perl: { label: "Perl", aliases: ["pl"] },
  php: { label: "PHP" },
  powershell: { label: "PowerShell", aliases: ["ps1"] },
  python: { label: "Python", aliases: ["py"] },
  r: { label: "R" },
  ruby: { label: "Ruby", aliases: ["rb"] },
  rust: { label: "Rust", aliases: ["rs"] },
  scala: { label: "Scala" },
  scss: { label: "SCSS", aliases: ["sass"] },
  sql: { label: "SQL", aliases: ["postgres", "postgresql", "mysql"] },
  swift: { label: "Swift" },
  typescript: { label: "TypeScript", aliases: ["ts", "tsx"] },
  xml: { label: "HTML, XML", aliases: ["html", "svg", "vue"] },
  yaml: { label: "YAML", aliases: ["yml"] },
};

const byAlias = new Map(Object.entries(codeLanguages).flatMap(([name, { aliases = [] }]) => [name, ...aliases].map((alias) => [alias, name] as const)));

/** The name of a language we can colour, for any of its names; undefined for others. */
export function codeLanguage(name: string | null | undefined): string | undefined {
  return name ? byAlias.get(name.toLowerCase()) : undefined;
}
