import { useNavigate } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** `g` and then one of these. */
const places: Record<string, string> = { h: "/", l: "/latest", n: "/new", u: "/unread", t: "/top", d: "/divisions", i: "/notifications" };
const SECOND_KEY_SECONDS = 1.5;

/** What one can do to the post one is at: press what is under it. */
const acts: Record<string, string> = { r: "[data-reply]", q: "[data-quote]", l: ".palette [value=like]", s: "[data-share]", e: ".menu-list [href$='/edit']" };

type Shortcuts = { onHelp: () => void; /** Where `c` leads; null for those who may not write. */ writePath: string | null };

/** The keys that people know from forums. Never while someone types, and never with a modifier that the browser wants. */
export function useShortcuts({ onHelp, writePath }: Shortcuts): void {
  const navigate = useNavigate();
  const latest = useRef({ onHelp, writePath, navigate });
  latest.current = { onHelp, writePath, navigate };
  useEffect(() => {
    let isGoing = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return;
      const { onHelp, writePath, navigate } = latest.current;
      const wasGoing = isGoing;
      isGoing = false;
      clearTimeout(timer);
      if (wasGoing && places[event.key]) navigate(places[event.key]!);
      else if (event.key === "g") {
        isGoing = true;
        timer = setTimeout(() => (isGoing = false), SECOND_KEY_SECONDS * 1000);
      } else if (event.key === "?") onHelp();
      else if (event.key === "/") {
        if (!focusOn("#site-search, main input[type=search]")) navigate("/search");
      }
      else if (event.key === "c" && writePath) navigate(writePath);
      else if (acts[event.key] && pressed(acts[event.key]!)) return event.preventDefault();
      else if (event.key === "r") focusOn("#reply textarea, #reply [contenteditable=true], main textarea[name=body]");
      else if (event.key === "j") step(1);
      else if (event.key === "k") step(-1);
      else if (event.key === "o") openCurrent();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select, [role=textbox], [role=combobox]") !== null);
}

/** Topics of a list, or posts of a topic. */
function items(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("main .topic-row, main article[id^=post-]")];
}

function step(by: 1 | -1): void {
  const all = items();
  const at = all.findIndex((item) => item.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? firstOnScreen(all) : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!next) return;
  const target = next.matches(".topic-row") ? next.querySelector<HTMLElement>("a[href^='/t/']") : next;
  if (target === next) next.tabIndex = -1;
  target?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

function firstOnScreen(all: HTMLElement[]): number {
  return Math.max(0, all.findIndex((item) => item.getBoundingClientRect().bottom > 80));
}

function current(): HTMLElement | undefined {
  return items().find((item) => item.contains(document.activeElement));
}

function openCurrent(): void {
  current()?.querySelector<HTMLElement>("a[href^='/t/']")?.click();
}

/** Whether the post one is at has such a link or button. */
function pressed(selector: string): boolean {
  const target = current()?.querySelector<HTMLElement>(selector);
  target?.click();
  return target != null;
}

function focusOn(selector: string): boolean {
  const target = [...document.querySelectorAll<HTMLElement>(selector)].find((each) => each.offsetParent !== null);
  target?.focus();
  return target !== undefined;
}
