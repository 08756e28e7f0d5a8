import { useFetcher, useRevalidator } from "@remix-run/react";
import { useRef } from "react";
import { showToast } from "#app/ui/toast.tsx";
import { useFetched } from "#app/ui/use-fetched.ts";
import type { StreamPost } from "./use-post-stream.ts";

type Answer = { ok: true; posts: StreamPost[] } | { ok: false; message: string; fields: Record<string, string[]> };
type Wish = { action: string; fields: FormData };

/** Sends the small forms of posts without leaving the page, one after the other, and shows what became of each. */
export function useActs(refresh: (posts: StreamPost[]) => void): (form: HTMLFormElement, button: HTMLElement | null) => void {
  const fetcher = useFetcher<Answer>();
  const { revalidate } = useRevalidator();
  const waiting = useRef<Wish[]>([]);
  const { submit } = fetcher;

  useFetched(fetcher, (data) => {
    if (data.ok) {
      refresh(data.posts);
      if (!waiting.current[0]?.action.endsWith("/react")) revalidate();
    } else showToast({ text: Object.values(data.fields).flat()[0] ?? data.message, tone: "danger" });
    waiting.current.shift();
    const next = waiting.current[0];
    if (next) submit(next.fields, { method: "post", action: next.action });
  });

  return (form, button) => {
    const fields = new FormData(form, button);
    fields.set("stay", "1");
    const action = new URL(form.action).pathname;
    waiting.current.push({ action, fields });
    form.closest("details")?.removeAttribute("open");
    if (waiting.current.length === 1) submit(fields, { method: "post", action });
  };
}
