/** What a person does that makes React hurry. */
const ACTS = [
  "keydown", "keypress", "keyup", "input", "change", "submit", "reset", "click", "auxclick", "dblclick", "contextmenu",
  "mousedown", "mouseup", "pointerdown", "pointerup", "pointercancel", "touchstart", "touchend", "touchcancel",
  "dragstart", "dragend", "drop", "compositionstart", "compositionend", "copy", "cut", "paste",
];

/**
 * Remix waits with the whole page until its data has been read. A key or a press in that moment makes React hurry, which
 * ends in an error of its own (345). They do what they do without scripts instead; what comes later hurries well.
 */
export function keepEarlyActsFromReact(): void {
  const { __remixContext: context } = window as unknown as { __remixContext: { state?: unknown } };
  function keep(event: Event) {
    if (context.state === undefined) return event.stopImmediatePropagation();
    for (const act of ACTS) window.removeEventListener(act, keep, true);
  }
  for (const act of ACTS) window.addEventListener(act, keep, true);
}
