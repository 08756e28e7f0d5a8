import { useEffect, useRef, useState, type RefObject } from "react";
import { upload, type Uploaded } from "./upload.ts";

export type UploadRow = { id: number; name: string; percent: number; failed?: string | true; /** No picture: it is not even sent. */ isOther?: boolean; image?: Uploaded };

/** The uploads of one editor: under way, failed, or waiting to be described. A form with some under way waits. */
export function useUploads(inForm: RefObject<HTMLElement | null>, insert: (image: Uploaded) => void) {
  const [rows, setRows] = useState<UploadRow[]>([]);
  const [isWaiting, setWaiting] = useState(false);
  const stops = useRef(new Map<number, () => void>());
  const waiting = useRef<(() => void) | null>(null);
  const next = useRef(1);

  const change = (id: number, values: Partial<UploadRow>) => setRows((all) => all.map((row) => (row.id === id ? { ...row, ...values } : row)));
  const settle = (id: number) => {
    stops.current.delete(id);
    if (stops.current.size > 0) return;
    setWaiting(false);
    const send = waiting.current;
    waiting.current = null;
    // After this change has been drawn, so that what is sent holds the picture.
    if (send) setTimeout(send);
  };

  function add(files: File[]) {
    for (const file of files) {
      const id = next.current++;
      if (!file.type.startsWith("image/")) {
        setRows((all) => [...all, { id, name: file.name, percent: 0, failed: true, isOther: true }]);
        continue;
      }
      setRows((all) => [...all, { id, name: file.name, percent: 0 }]);
      const stop = upload(file, {
        onProgress: (percent) => change(id, { percent }),
        onDone: (image) => {
          insert(image);
          change(id, { image });
          settle(id);
        },
        onFailed: (reason) => {
          change(id, { failed: reason ?? true });
          waiting.current = null;
          settle(id);
        },
      });
      stops.current.set(id, stop);
    }
  }

  function dismiss(id: number) {
    stops.current.get(id)?.();
    setRows((all) => all.filter((row) => row.id !== id));
    if (stops.current.has(id)) settle(id);
  }

  useEffect(() => {
    const form = inForm.current?.closest("form");
    const hold = (event: SubmitEvent) => {
      if (stops.current.size === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      setWaiting(true);
      const by = event.submitter;
      waiting.current = () => form?.requestSubmit(by as HTMLElement | null);
    };
    form?.addEventListener("submit", hold, { capture: true });
    const all = stops.current;
    return () => {
      form?.removeEventListener("submit", hold, { capture: true });
      for (const stop of all.values()) stop();
    };
  }, [inForm]);

  return { rows, isWaiting, add, dismiss };
}
