import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { holdLinks, waitForConnections } from "#app/ui/live/patient-fetch.ts";

waitForConnections();
holdLinks();
startTransition(() => {
  hydrateRoot(document, <StrictMode><RemixBrowser /></StrictMode>);
});
// Where there is none, such as over plain http, a page that cannot be reached is the browser's own.
void navigator.serviceWorker?.register("/sw.js").catch(() => {});
