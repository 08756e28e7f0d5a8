import { useActionData, useNavigation, type useLoaderData } from "@remix-run/react";
import { useRef } from "react";

type Answer<Action> = ReturnType<typeof useLoaderData<Action>> | undefined;

/**
 * What an act on this page answered, until there is another page. Remix takes it away as soon as an act elsewhere has
 * answered, while this page is still shown: what stands on it would be another form for a moment, and lost.
 */
export function useAnswer<Action>(): Answer<Action> {
  const answer = useActionData<Action>() as Answer<Action>;
  const isIdle = useNavigation().state === "idle";
  const last = useRef(answer);
  if (answer !== undefined || isIdle) last.current = answer;
  return last.current;
}
