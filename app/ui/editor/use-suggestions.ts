import type { Editor } from "@tiptap/core";
import { useEffect, useRef, useState } from "react";

export type MemberChoice = { kind: "member"; username: string; name: string; avatarFileId: number | null };
export type EmojiChoice = { kind: "emoji"; emoji: string; name: string };
export type PageChoice = { kind: "page"; id: number; title: string };
export type Choice = MemberChoice | EmojiChoice | PageChoice;

export type Suggestions = { sign: Sign; choices: Choice[]; active: number; from: number; to: number; left: number; top: number };

type Sign = "@" | ":" | "[[";

/** What stands before the cursor and asks for a suggestion. It reads the text, not the keys: phones send none. */
const asked = /(?:^|[\s([{"'])([@:])([\p{L}\p{N}_.+-]{0,30})$/u;

/** A title may have spaces in it. */
const askedPage = /\[\[([^[\]|\n]{0,60})$/u;

/** Titles of pages after `[[`, members after `@`, emoji after `:` and two letters. Keys are handed in by the editor before it uses them itself. */
export function useSuggestions(editor: Editor | null, pagesAt?: string) {
  const [open, draw] = useState<Suggestions | null>(null);
  // Keys come before the next drawing.
  const current = useRef<Suggestions | null>(null);
  const setOpen = (next: Suggestions | null) => {
    current.current = next;
    draw(next);
  };
  const dismissed = useRef("");

  useEffect(() => {
    if (!editor) return;
    let run = 0;
    const look = async () => {
      const mine = ++run;
      const found = askedIn(editor, pagesAt !== undefined);
      if (!found || found.at === dismissed.current) {
        if (!found) dismissed.current = "";
        return setOpen(null);
      }
      // While the answer is awaited, only what still fits what is typed can be chosen.
      const now = current.current;
      if (now?.sign === found.sign && now.from === found.from) {
        const still = now.choices.filter((choice) => fits(choice, found.query));
        setOpen(still.length > 0 ? { ...now, choices: still, active: 0, to: found.to } : null);
      } else if (now) setOpen(null);
      const choices = await choicesFor(found.sign, found.query, pagesAt).catch(() => []);
      if (mine !== run || editor.isDestroyed) return;
      if (choices.length === 0) return setOpen(null);
      const { left, bottom } = editor.view.coordsAtPos(found.from);
      const frame = editor.view.dom.closest(".editor")!.getBoundingClientRect();
      setOpen({ sign: found.sign, choices, active: 0, from: found.from, to: found.to, left: Math.max(0, Math.min(left - frame.left, frame.width - 260)), top: bottom - frame.top + 4 });
    };
    const close = () => void setTimeout(() => setOpen(null), 150);
    editor.on("update", look);
    editor.on("selectionUpdate", look);
    editor.on("blur", close);
    return () => {
      run = -1;
      editor.off("update", look);
      editor.off("selectionUpdate", look);
      editor.off("blur", close);
    };
  }, [editor, pagesAt]);

  function choose(choice: Choice) {
    const now = current.current;
    if (!editor || !now) return;
    const content =
      choice.kind === "emoji" ? [{ type: "text", text: `${choice.emoji} ` }]
      : [choice.kind === "member" ? { type: "mention", attrs: { username: choice.username } } : { type: "pageLink", attrs: { pageId: choice.id, title: choice.title } }, { type: "text", text: " " }];
    // Letters typed while their own answer is awaited belong to what is replaced, too.
    const typed = askedIn(editor, pagesAt !== undefined);
    const to = typed?.from === now.from ? typed.to : now.to;
    editor.chain().focus().insertContentAt({ from: now.from, to }, content).run();
    setOpen(null);
  }

  /** Whether the key was meant for the list. */
  function takeKey(event: KeyboardEvent): boolean {
    const now = current.current;
    if (!now || event.isComposing) return false;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) setOpen({ ...now, active: (now.active + move + now.choices.length) % now.choices.length });
    else if (event.key === "Enter" || event.key === "Tab") choose(now.choices[now.active]!);
    else if (event.key === "Escape") {
      dismissed.current = `${now.from}`;
      setOpen(null);
    } else return false;
    return true;
  }

  return { open, choose, takeKey };
}

function askedIn(editor: Editor, hasPages: boolean): { sign: Sign; query: string; from: number; to: number; at: string } | undefined {
  const { $from, empty } = editor.state.selection;
  if (!empty || $from.parent.type.spec.code || editor.isActive("code") || editor.isActive("link")) return undefined;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 64), $from.parentOffset, undefined, "\uFFFC");
  const page = hasPages ? askedPage.exec(before) : null;
  if (page) {
    const from = $from.pos - page[0].length;
    return { sign: "[[", query: page[1]!, from, to: $from.pos, at: String(from) };
  }
  const [, sign, query] = asked.exec(before) ?? [];
  if (!sign || (sign === ":" && query!.length < 2)) return undefined;
  const from = $from.pos - query!.length - 1;
  return { sign: sign as Sign, query: query!, from, to: $from.pos, at: String(from) };
}

/** As the server would say, or a little wider: its own answer is on the way. */
function fits(choice: Choice, query: string): boolean {
  const typed = query.trim().toLowerCase();
  if (choice.kind === "emoji") return choice.name.includes(typed);
  if (choice.kind === "page") return choice.title.toLowerCase().includes(typed);
  return choice.username.toLowerCase().startsWith(typed) || ` ${choice.name.toLowerCase()}`.includes(` ${typed}`);
}

const known = new Map<string, Promise<Choice[]>>();

/** Asked once for each beginning while the page is open. */
function choicesFor(sign: Sign, query: string, pagesAt = ""): Promise<Choice[]> {
  const address = `${sign === "[[" ? pagesAt : `/autocomplete/${sign === "@" ? "members" : "emoji"}`}?q=${encodeURIComponent(query)}`;
  let answer = known.get(address);
  if (!answer) {
    answer = fetch(address).then(async (response) => {
      const found = (await response.json()) as { members?: Omit<MemberChoice, "kind">[]; emoji?: Omit<EmojiChoice, "kind">[]; pages?: Omit<PageChoice, "kind">[] };
      return [...(found.members ?? []).map((member) => ({ kind: "member" as const, ...member })), ...(found.emoji ?? []).map((one) => ({ kind: "emoji" as const, ...one })), ...(found.pages ?? []).map((page) => ({ kind: "page" as const, ...page }))];
    });
    answer.catch(() => known.delete(address));
    // A page may have been written since: for a moment, the browser keeps those itself.
    if (sign !== "[[") known.set(address, answer);
  }
  return answer;
}
