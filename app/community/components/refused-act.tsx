import { useActionData } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { ErrorPage } from "#app/ui/error-page.tsx";

/** What a browser without scripts shows when an act was refused. */
export function RefusedAct() {
  const problem = useActionData<Problem>();
  return problem ? <ErrorPage status={problem.status} message={Object.values(problem.fields).flat()[0] ?? problem.message} /> : null;
}
