import type { ImageAttributes } from "../rich-text/image-address.ts";

export type Uploaded = Pick<ImageAttributes, "key" | "width" | "height">;
export type UploadEvents = { onProgress: (percent: number) => void; onDone: (image: Uploaded) => void; onFailed: (reason: string | undefined) => void };

/** Sends one file. The answer stops it, and then nothing more is heard of it. `fetch` could not tell how far it is. */
export function upload(file: File, { onProgress, onDone, onFailed }: UploadEvents): () => void {
  const request = new XMLHttpRequest();
  request.open("POST", "/uploads");
  request.responseType = "json";
  request.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / Math.max(total, 1)) * 100));
  request.onload = () => {
    const answer = request.response as (Uploaded & { message?: string }) | null;
    if (request.status === 201 && answer) onDone({ key: answer.key, width: answer.width, height: answer.height });
    else onFailed(answer?.message);
  };
  request.onerror = () => onFailed(undefined);
  const form = new FormData();
  form.append("file", file);
  request.send(form);
  return () => request.abort();
}
