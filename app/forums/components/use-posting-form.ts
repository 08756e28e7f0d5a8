import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { PostingForm } from "../posting-form.ts";

/** What the chosen category asks: as it came with the page, or asked for when another is chosen. Null until it is known. */
export function usePostingForm(chosen: string, known: (PostingForm | null | undefined)[]): PostingForm | null {
  const fetcher = useFetcher<PostingForm>();
  const form = [fetcher.data, ...known].find((each) => each && String(each.categoryId) === chosen) ?? null;
  const isMissing = form === null && chosen !== "";
  useEffect(() => {
    if (isMissing) fetcher.load(`/posting-form?category=${encodeURIComponent(chosen)}`);
    // Once for each place that is chosen.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isMissing, chosen]);
  return form;
}
