import { useEffect } from "react";

/** Gives each block of code a button that copies it. Made in the browser, where alone it works. */
export function useCopyCode(posts: unknown, label: string, done: string): void {
  useEffect(() => {
    for (const block of document.querySelectorAll<HTMLElement>("[data-stream] .prose pre:not([data-copies])")) {
      block.dataset.copies = "";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy-code";
      button.textContent = label;
      button.addEventListener("click", () => {
        void navigator.clipboard?.writeText(block.querySelector("code")?.textContent ?? "").then(() => {
          button.textContent = done;
          setTimeout(() => (button.textContent = label), 1500);
        });
      });
      block.append(button);
    }
  }, [posts, label, done]);
}
