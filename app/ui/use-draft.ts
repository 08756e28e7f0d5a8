import { useCallback, useEffect, useRef, useState } from "react";
import { foundSignedOut } from "./live/connection.ts";

/** What a form saves: `body` as its field holds it. */
export type DraftText = { title?: string; body: string; fields?: Record<string, string> };
export type DraftStatus = "idle" | "unsaved" | "saving" | "saved" | "failed";

type Kept = { id: number; version: number };
type Answer = Kept & { isConflict: boolean };

const PAUSE_MS = 1500;
/** Whoever types on and on makes no pause: the tab may be gone before they do. */
const LONGEST_MS = 4000;
const RETRY_MS = 5000;
/** Browsers send no more than this from a page that is being left. */
const MOST_ON_LEAVING = 60_000;

/**
 * Saves a form to the server while it is being written: soon after each pause, every few
 * seconds where there is none, and when the page is hidden.
 *
 * `kept` is the draft the form began with. Call `changed` with the whole text at every change, `hold` when the form is
 * sent, and put `id` into the form as `draftId`, so that posting forgets the draft.
 */
export function useDraft(key: string, kept: Kept | null = null) {
  const [status, setStatus] = useState<DraftStatus>("idle");
  const [draft, setDraft] = useState<{ id: number | null; isConflict: boolean }>({ id: kept?.id ?? null, isConflict: false });
  const state = useRef({ kept, waiting: null as DraftText | null, /** When the first letter came that is not on the server. */ since: 0, timer: 0, sending: null as AbortController | null });

  const save = useCallback(async (leaving?: "leaving") => {
    const now = state.current;
    const text = now.waiting;
    window.clearTimeout(now.timer);
    // One at a time: two with the same version would look like two devices.
    if (!text || now.sending) return;
    now.waiting = null;
    now.since = 0;
    const sending = (now.sending = new AbortController());
    setStatus("saving");
    const body = JSON.stringify({ id: now.kept?.id, version: now.kept?.version ?? 0, title: text.title ?? "", body: text.body, fields: text.fields ?? {} });
    let failed = false;
    try {
      const response = await fetch(`/drafts/${encodeURIComponent(key)}`, {
        method: "PUT", headers: { "content-type": "application/json" }, body, signal: sending.signal, keepalive: leaving && body.length < MOST_ON_LEAVING,
      });
      if (response.status === 401) foundSignedOut();
      if (!response.ok) throw new Error(String(response.status));
      const { id, version, isConflict } = (await response.json()) as Answer;
      now.kept = { id, version };
      setDraft({ id, isConflict });
      setStatus(now.waiting ? "unsaved" : "saved");
    } catch {
      if (sending.signal.aborted) return;
      failed = true;
      now.waiting ??= text;
      setStatus("failed");
    } finally {
      if (now.sending === sending) now.sending = null;
      if (now.waiting && !sending.signal.aborted) now.timer = window.setTimeout(save, failed ? RETRY_MS : 0);
    }
  }, [key]);

  const changed = useCallback((text: DraftText) => {
    const now = state.current;
    now.waiting = text;
    setStatus("unsaved");
    window.clearTimeout(now.timer);
    now.since ||= Date.now();
    now.timer = window.setTimeout(save, Math.max(0, Math.min(PAUSE_MS, now.since + LONGEST_MS - Date.now())));
  }, [save]);

  /** The form is on its way: what is being saved now must not come back as a draft after it. */
  const hold = useCallback(() => {
    const now = state.current;
    window.clearTimeout(now.timer);
    now.waiting = null;
    now.since = 0;
    now.sending?.abort();
    setStatus("idle");
  }, []);

  useEffect(() => {
    const now = state.current;
    const onHide = () => void (document.visibilityState === "hidden" && save("leaving"));
    const onLeave = (event: BeforeUnloadEvent) => {
      if (now.waiting) event.preventDefault();
    };
    document.addEventListener("visibilitychange", onHide);
    window.addEventListener("beforeunload", onLeave);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("beforeunload", onLeave);
      // A step to another page of ours: what was typed in the last second goes with it.
      void save("leaving");
    };
  }, [save]);

  return { status, id: draft.id, isConflict: draft.isConflict, changed, hold };
}
