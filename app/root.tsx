import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError, useRouteLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import type { ReactNode } from "react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { NonceContext } from "#app/ui/nonce.ts";
import { useContext } from "react";
import { LanguageProvider } from "#app/ui/i18n.tsx";
import { Shell } from "#app/ui/shell/shell.tsx";
import { readShell } from "#app/community/shell.ts";
import { ErrorPage } from "#app/ui/error-page.tsx";
import styles from "#app/ui/styles/app.css?url";

export const links = () => [{ rel: "stylesheet", href: styles }];

/** What every page shows around itself. Read again after each action, not at each step through the site. */
export const loader = defineLoader({ params: noParams }, ({ viewer }) => readShell(viewer));

export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  formMethod && formMethod !== "GET" ? true : defaultShouldRevalidate;

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  const nonce = useContext(NonceContext);
  const viewer = data?.viewer;
  return (
    <html lang={viewer?.locale ?? "en"} data-scheme={viewer && viewer.colourScheme !== "system" ? viewer.colourScheme : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
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
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const isAnswer = isRouteErrorResponse(error);
  return <ErrorPage status={isAnswer ? error.status : 500} message={isAnswer ? String(error.data) : undefined} />;
}
