import { useActionData } from "@remix-run/react";
import { ErrorPage } from "#app/ui/error-page.tsx";
import type { Problem } from "#app/core/http.ts";

/** What a browser without scripts shows when an act was refused: why, and the way back. */
export function RefusedAct() {
  const problem = useActionData<Problem>();
  if (!problem) return null;
  return <ErrorPage status={problem.status} message={Object.values(problem.fields).flat()[0] ?? problem.message} />;
}
