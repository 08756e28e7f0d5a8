import type { ShouldRevalidateFunction } from "@remix-run/react";

/** For pages whose act is refused because what they show has changed meanwhile: they show what is there now, beside the refusal. */
export const freshAfterConflict: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) => actionStatus === 409 || defaultShouldRevalidate;
