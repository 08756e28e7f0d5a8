import type { MessageKey } from "#app/core/messages.ts";
import { shared } from "#app/core/shared.ts";
import list from "./common-passwords.json";

type About = { username: string; email: string; siteName: string };

/** Why a password is too easily guessed to be taken; null when it is not. Its length is the schema's matter. */
export function weakness(password: string, { username, email, siteName }: About): MessageKey | null {
  const plain = plainOf(password);
  const words = [username, email.split("@")[0]!, email.split("@")[1]?.split(".")[0] ?? "", siteName, "wellspring"].map(plainOf);
  if (words.some((word) => word.length >= 4 && leftOver(plain, word) < 6)) return "accounts.passwordAboutYou";
  return isCommon(password.normalize("NFKC").toLowerCase()) ? "accounts.passwordCommon" : null;
}

/** On the list itself, or a word of the list dressed up: with a number behind it, symbols for letters, or said twice. */
function isCommon(password: string): boolean {
  const known = common();
  const bare = plainOf(password);
  const stem = bare.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const dressed = lettersFor(password.replace(/^[\p{P}\p{S}\d\s]+|[\p{P}\p{S}\d\s]+$/gu, ""));
  const candidates = [password, bare, stem, dressed, lettersFor(stem), lettersFor(password).replace(/[^\p{L}\p{N}]/gu, "")];
  if (candidates.some((one) => known.has(one))) return true;
  if (new Set(password).size < 4 || /^(.{1,6}?)\1+.{0,2}$/u.test(password)) return true;
  return isRun(bare) || known.has(bare.slice(0, bare.length / 2)) && bare.slice(0, bare.length / 2) === bare.slice(bare.length / 2);
}

/** Neighbours on the keyboard or in the alphabet, one after the other. */
function isRun(text: string): boolean {
  const rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"];
  const all = rows.flatMap((row) => [row, [...row].reverse().join("")]);
  // Cut into pieces that each stand in a row; three long ones at most make the whole.
  let rest = text;
  for (let piece = 0; piece < 3 && rest; piece++) {
    let length = rest.length;
    while (length >= 3 && !all.some((row) => row.includes(rest.slice(0, length)))) length--;
    if (length < 3) return false;
    rest = rest.slice(length);
  }
  return rest.length <= 1;
}

function leftOver(password: string, word: string): number {
  return password.includes(word) ? password.length - word.length : Infinity;
}

function plainOf(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

const leet: Record<string, string> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", $: "s", "!": "i" };

function lettersFor(text: string): string {
  return text.replace(/[0134578@$!]/g, (sign) => leet[sign]!);
}

function common(): Set<string> {
  return shared("common passwords", () => new Set(list.passwords.split(" ")));
}
