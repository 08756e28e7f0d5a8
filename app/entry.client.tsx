import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { composerLoaded } from "#app/forums/components/composer-when-needed.tsx";
import { holdLinks, waitForConnections } from "#app/ui/live/patient-fetch.ts";

function begin() {
  startTransition(() => {
    hydrateRoot(document, <StrictMode><RemixBrowser /></StrictMode>);
  });
}

// Remix waits with the whole page until its data has been read. A key or a press in that moment makes React hurry, which
// ends in an error of its own (345). They do what they do without scripts instead; what comes later hurries well.
const HURRIES = ["keydown", "keypress", "keyup", "input", "change", "submit", "reset", "click", "auxclick", "dblclick", "contextmenu", "mousedown", "mouseup", "pointerdown", "pointerup", "pointercancel", "touchstart", "touchend", "touchcancel", "dragstart", "dragend", "drop", "compositionstart", "compositionend", "copy", "cut", "paste"];
const { __remixContext: context } = window as unknown as { __remixContext: { state?: unknown } };
function keepFromReact(event: Event) {
  if (context.state === undefined) return event.stopImmediatePropagation();
  for (const kind of HURRIES) window.removeEventListener(kind, keepFromReact, true);
}
for (const kind of HURRIES) window.addEventListener(kind, keepFromReact, true);

waitForConnections();
holdLinks();
// A page whose code cannot be had stays as it came, and its forms work as forms do without scripts.
if (composerLoaded) composerLoaded.then(begin, () => {});
else begin();
// Where there is none, such as over plain http, a page that cannot be reached is the browser's own.
void navigator.serviceWorker?.register("/sw.js").catch(() => {});
