import { useRevalidator } from "@remix-run/react";
import { useCalm } from "./use-calm.ts";

/** Reloads this page's data, once a second at most. */
export function useFreshen(): () => void {
  const { revalidate, state } = useRevalidator();
  return useCalm(revalidate, state === "loading");
}
