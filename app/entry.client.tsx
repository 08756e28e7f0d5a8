import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { composerLoaded } from "#app/forums/components/composer-when-needed.tsx";
import { keepEarlyActsFromReact } from "#app/ui/live/early-acts.ts";
import { holdLinks, waitForConnections } from "#app/ui/live/patient-fetch.ts";

function begin() {
  startTransition(() => {
    hydrateRoot(document, <StrictMode><RemixBrowser /></StrictMode>);
  });
}

keepEarlyActsFromReact();
waitForConnections();
holdLinks();
// A page whose code cannot be had stays as it came, and its forms work as forms do without scripts.
if (composerLoaded) composerLoaded.then(begin, () => {});
else begin();
// Where there is none, such as over plain http, a page that cannot be reached is the browser's own.
void navigator.serviceWorker?.register("/sw.js").catch(() => {});
