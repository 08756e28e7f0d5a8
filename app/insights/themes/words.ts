/** Words beyond this do not change what a statement asks for. */
const MAX_WORDS = 64;
const WORD = /[\p{L}\p{N}]+(?:'\p{L}+)?/gu;

const SHORTENED: Record<string, string[]> = {
  "can't": ["can", "not"], "won't": ["will", "not"], "shan't": ["shall", "not"], cannot: ["can", "not"],
  cant: ["can", "not"], wont: ["will", "not"], dont: ["do", "not"], doesnt: ["does", "not"], didnt: ["did", "not"], isnt: ["is", "not"], wasnt: ["was", "not"], hasnt: ["has", "not"], havent: ["have", "not"],
  "let's": ["let", "us"], im: ["i", "am"], ive: ["i", "have"], whats: ["what", "is"], "what's": ["what", "is"], "it's": ["it", "is"], "that's": ["that", "is"], "there's": ["there", "is"], "where's": ["where", "is"], "how's": ["how", "is"], "who's": ["who", "is"],
};
const ENDINGS: Record<string, string> = { "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would" };

/**
 * The words of a statement as themes see them: lower case, short forms in full ("can't" is "can not"), every number the
 * same number, addresses only that they are one. Pure and the same for ever: saved clusters are made of them.
 */
export function themeWords(text: string): string[] {
  const plain = text
    .slice(0, 2000)
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/https?:\/\/\S+|www\.\S+/g, " url ");
  const words: string[] = [];
  for (const [word] of plain.matchAll(WORD)) {
    if (words.length >= MAX_WORDS) break;
    const full = Object.hasOwn(SHORTENED, word) ? SHORTENED[word] : undefined;
    if (full) words.push(...full);
    else if (/^\p{N}+$/u.test(word)) words.push("0");
    else addWord(word.slice(0, 40), words);
  }
  return words;
}

function addWord(word: string, words: string[]): void {
  const mark = word.indexOf("'");
  if (mark < 0) return void words.push(word);
  const end = word.slice(mark);
  if (end === "'t" && word[mark - 1] === "n") return void words.push(word.slice(0, mark - 1), "not");
  words.push(word.slice(0, mark));
  const full = Object.hasOwn(ENDINGS, end) ? ENDINGS[end] : undefined;
  if (full) words.push(full);
}
