import { useActionData, useLoaderData, useNavigate } from "@remix-run/react";
import { useEffect } from "react";
import type { Problem } from "#app/core/http.ts";
import { ErrorPage } from "./error-page.tsx";

/** The page of a route that is only an act, for its `default`: why it was refused. Whoever has done nothing is led on by its loader, `leadTo`. */
export function RefusedAct() {
  const problem = useActionData<Problem>();
  const loaded = useLoaderData<{ to: string } | null>();
  const navigate = useNavigate();
  const to = loaded?.to;
  const isRefused = problem !== undefined;
  useEffect(() => {
    if (to && !isRefused) navigate(to, { replace: true });
  }, [to, isRefused, navigate]);
  return problem ? <ErrorPage status={problem.status} message={Object.values(problem.fields).flat()[0] ?? problem.message} backTo={to} /> : null;
}
