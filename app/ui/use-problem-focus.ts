import { useNavigation } from "@remix-run/react";
import { useEffect, useRef } from "react";

const INVALID = "main :is(input, select, textarea, [contenteditable=true])[aria-invalid=true]:not([type=hidden])";

/**
 * Brings whoever sent a form to the first field that was refused: a long form is sent from its end, and its mistakes may
 * stand above what is in sight. Pages that are loaded anew begin at their top.
 */
export function useProblemFocus(): void {
  const { state, formMethod } = useNavigation();
  const wasSent = useRef(false);
  useEffect(() => {
    if (state !== "idle") wasSent.current ||= formMethod !== undefined && formMethod !== "GET";
    else if (wasSent.current) {
      wasSent.current = false;
      focusFirstInvalid();
    }
  }, [state, formMethod]);
}

function focusFirstInvalid(): void {
  const field = document.querySelector<HTMLElement>(INVALID);
  if (!field) return;
  field.focus({ preventScroll: true });
  const { top, bottom } = field.getBoundingClientRect();
  // With room for its label, below the bar at the top.
  if (top < 160 || bottom > innerHeight - 80) field.scrollIntoView({ block: "center", behavior: "instant" });
}
