import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * For pages on which people write. Whoever was signed out meanwhile is refused, and the page, made anew for a guest, would
 * no longer have the form: it stays as it is, with all that was typed. Remix would load it again in spite of the refusal.
 */
export const staysWhenSignedOut: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) => actionStatus !== 401 && defaultShouldRevalidate;

/** For pages whose act is refused because what they show has changed meanwhile: they show what is there now, beside the refusal. */
export const freshAfterConflict: ShouldRevalidateFunction = (of) => of.actionStatus === 409 || staysWhenSignedOut(of);
