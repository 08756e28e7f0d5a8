import { useEffect } from "react";
import { intentKeys } from "./judge-form.tsx";

/**
 * Two keys for a judgement: `y` for right, `i` and a letter for what it is, on the statement that has the focus. The
 * forms are the ones that everybody else presses.
 */
export function useJudgeKeys(): void {
  useEffect(() => {
    let isChoosing = false;
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement) || /^(input|textarea|select)$/i.test(target.tagName)) return;
      const cards = [...document.querySelectorAll<HTMLElement>("[data-statement]")];
      // A single one needs no choosing.
      const at = cards.length === 1 ? 0 : cards.findIndex((card) => card.contains(document.activeElement));
      const wasChoosing = isChoosing;
      isChoosing = false;
      if (event.key === "j" || event.key === "k") cards[Math.max(0, Math.min(cards.length - 1, at + (event.key === "j" ? 1 : -1)))]?.focus();
      else if (at < 0) return;
      else if (wasChoosing) {
        const intent = Object.entries(intentKeys).find(([, key]) => key === event.key)?.[0];
        const form = cards[at]!.querySelector<HTMLFormElement>("form[data-judge=i]");
        if (!intent || !form) return;
        form.querySelector<HTMLSelectElement>("select[name=to]")!.value = intent;
        form.requestSubmit();
      } else if (event.key === "y") cards[at]!.querySelector<HTMLFormElement>("form[data-judge=y]")?.requestSubmit();
      else if (event.key === "i") isChoosing = true;
      else return;
      event.preventDefault();
      // The page's own keys mean other things by the same letters.
      event.stopImmediatePropagation();
    };
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
