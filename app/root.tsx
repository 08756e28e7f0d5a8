import type { MetaFunction } from "@remix-run/node";
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError, useRouteLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { useContext, useEffect, type ReactNode } from "react";
import { readShell } from "#app/community/shell.ts";
import { config } from "#app/core/config.ts";
import { defineLoader, noParams, type Unsent } from "#app/core/http.ts";
import { SearchBox } from "#app/discovery/components/search-box.tsx";
import { Bell } from "#app/notifications/components/bell.tsx";
import { dismissedIn, listBanners, type Banner } from "#app/forums/banners.ts";
import { BannerStrip } from "#app/forums/components/banner-strip.tsx";
import { countUnread } from "#app/notifications/inbox.ts";
import { ErrorPage } from "#app/ui/error-page.tsx";
import { FoundTags } from "#app/ui/found.tsx";
import { LanguageProvider } from "#app/ui/i18n.tsx";
import { NonceContext, ScriptsContext } from "#app/ui/nonce.ts";
import { applyScheme, schemeScript } from "#app/ui/shell/scheme-switch.tsx";
import { ReturnToPlace } from "#app/ui/return-to-place.tsx";
import { packShell, unpackShell, usePlace, type PackedShell } from "#app/ui/shell/place.ts";
import { OfflineBar } from "#app/ui/shell/offline-bar.tsx";
import { SignedOutBar } from "#app/ui/shell/signed-out-bar.tsx";
import { SignedOutPage } from "#app/ui/shell/signed-out-page.tsx";
import { Shell } from "#app/ui/shell/shell.tsx";
import { useLiveInbox } from "#app/ui/use-live-inbox.ts";
import { useProblemFocus } from "#app/ui/use-problem-focus.ts";
import { db } from "#db/client.ts";
import styles from "#app/ui/styles/app.css?url";

/** Runs before the first paint, as guests' pages are the same for all of them: see DensitySwitch of the topic lists. */
const densityScript = `if(document.cookie.includes("density=compact"))document.documentElement.dataset.density="compact"`;

export const links = () => [
  { rel: "stylesheet", href: styles },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

/** What every page shows around itself. Read again after each action, not at each step through the site. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const [shell, unreadCount, banners] = await Promise.all([
    readShell(viewer),
    viewer.kind === "member" ? countUnread(db, viewer) : 0,
    listBanners(db, viewer, dismissedIn(request.headers.get("cookie"))),
  ]);
  return { ...packShell(shell), unreadCount, banners, baseUrl: config.baseUrl };
});

/** The title of what has none of its own: pages that could not be shown. */
export const meta: MetaFunction<typeof loader> = ({ data, error }) => {
  const status = isRouteErrorResponse(error) ? error.status : error ? 500 : null;
  return [{ title: [status, data?.site.name].filter(Boolean).join(" · ") }];
};

/** Not for one who was signed out meanwhile: their page stays as it is until they have sent what they wrote. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod, actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 401 ? false : formMethod && formMethod !== "GET" ? true : defaultShouldRevalidate;

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  const nonce = useContext(NonceContext);
  const viewer = data?.viewer;
  const scheme = viewer?.kind === "member" ? viewer.colourScheme : null;
  useEffect(() => {
    if (scheme) applyScheme(scheme);
  }, [scheme]);
  return (
    <html lang={viewer?.locale ?? "en"} data-scheme={scheme && scheme !== "system" ? scheme : undefined} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
        <Meta />
        <FoundTags />
        <Links />
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: densityScript }} />
        {!scheme && <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: schemeScript }} />}
      </head>
      <body>
        <LanguageProvider value={{ locale: viewer?.locale ?? "en", timeZone: viewer?.timeZone ?? "UTC" }}>{children}</LanguageProvider>
        <ScrollRestoration nonce={nonce} />
        <ReturnToPlace />
        {useContext(ScriptsContext) && <Scripts nonce={nonce} />}
      </body>
    </html>
  );
}

export default function App() {
  const data = useRouteLoaderData<typeof loader>("root")!;
  return <Frame data={data} says={<SignedOutBar hadSession={data.viewer.kind === "guest" && data.viewer.hadSession === true} />}><Outlet /></Frame>;
}

/** The shell with what the areas put into it, and the count on the bell as it changes. */
function Frame({ data, says, children }: { data: PackedShell & { banners: Banner[] }; /** Above everything else. */ says?: ReactNode; children: ReactNode }) {
  const place = usePlace();
  useProblemFocus();
  const unreadCount = useLiveInbox(data.viewer.kind === "member" ? data.viewer.id : null, data.unreadCount);
  return <Shell shell={{ ...unpackShell(data), unreadCount }} search={<SearchBox />} bell={<Bell count={unreadCount} />}><OfflineBar />{says}<BannerStrip banners={data.banners} place={place} />{children}</Shell>;
}

export function ErrorBoundary() {
  const data = useRouteLoaderData<typeof loader>("root");
  const error = useRouteError();
  const isAnswer = isRouteErrorResponse(error);
  const page = isAnswer && error.status === 401 ? signedOutPage(error.data as string | Unsent) : <ErrorPage status={isAnswer ? error.status : 500} message={isAnswer && typeof error.data === "string" ? error.data : undefined} />;
  // Without the frame the page has to keep its own distance from the edge.
  return data ? <Frame data={data}>{page}</Frame> : <div className="mx-auto max-w-xl px-6">{page}</div>;
}

function signedOutPage(said: string | Unsent) {
  return typeof said === "string" ? <SignedOutPage message={said} /> : <SignedOutPage message={said.message} unsent={said} />;
}
