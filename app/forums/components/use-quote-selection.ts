import { useEffect, useState } from "react";

export type SelectedWords = { words: string; postId: number; number: number; username: string; x: number; y: number };

/** The words of one post that the reader has selected, and where on the page, for a button beside them. */
export function useQuoteSelection(isOn: boolean): [SelectedWords | null, () => void] {
  const [selected, setSelected] = useState<SelectedWords | null>(null);
  useEffect(() => {
    if (!isOn) return;
    const look = () => setSelected(readSelection());
    const clear = () => window.getSelection()?.isCollapsed && setSelected(null);
    document.addEventListener("pointerup", look);
    document.addEventListener("keyup", look);
    document.addEventListener("selectionchange", clear);
    return () => {
      document.removeEventListener("pointerup", look);
      document.removeEventListener("keyup", look);
      document.removeEventListener("selectionchange", clear);
    };
  }, [isOn]);
  return [selected, () => setSelected(null)];
}

function readSelection(): SelectedWords | null {
  const selection = window.getSelection();
  const words = selection?.toString().trim();
  if (!selection || selection.isCollapsed || !words || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const body = (within instanceof Element ? within : within.parentElement)?.closest<HTMLElement>("[data-stream] [data-quotable]");
  const post = body?.closest<HTMLElement>("[data-number]");
  if (!post) return null;
  const { left, width, bottom } = range.getBoundingClientRect();
  return { words, postId: Number(post.dataset.post), number: Number(post.dataset.number), username: post.dataset.author ?? "", x: left + width / 2 + window.scrollX, y: bottom + window.scrollY };
}
