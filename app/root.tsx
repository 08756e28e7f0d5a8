import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError, useRouteLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { useContext, useEffect, type ReactNode } from "react";
import { readShell } from "#app/community/shell.ts";
import { defineLoader, noParams } from "#app/core/http.ts";
import { SearchBox } from "#app/discovery/components/search-box.tsx";
import { ErrorPage } from "#app/ui/error-page.tsx";
import { LanguageProvider } from "#app/ui/i18n.tsx";
import { NonceContext } from "#app/ui/nonce.ts";
import { applyScheme, schemeScript } from "#app/ui/shell/scheme-switch.tsx";
import { Shell } from "#app/ui/shell/shell.tsx";
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
export const loader = defineLoader({ params: noParams }, ({ viewer }) => readShell(viewer));

export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  formMethod && formMethod !== "GET" ? true : defaultShouldRevalidate;

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
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: densityScript }} />
        {!scheme && <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: schemeScript }} />}
      </head>
      <body>
        <LanguageProvider value={{ locale: viewer?.locale ?? "en", timeZone: viewer?.timeZone ?? "UTC" }}>{children}</LanguageProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  const data = useRouteLoaderData<typeof loader>("root")!;
  return (
    <Shell shell={data} search={<SearchBox />}>
      <Outlet />
    </Shell>
  );
}

export function ErrorBoundary() {
  const data = useRouteLoaderData<typeof loader>("root");
  const error = useRouteError();
  const isAnswer = isRouteErrorResponse(error);
  const page = <ErrorPage status={isAnswer ? error.status : 500} message={isAnswer && typeof error.data === "string" ? error.data : undefined} />;
  return data ? <Shell shell={data} search={<SearchBox />}>{page}</Shell> : page;
}
