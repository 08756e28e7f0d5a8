import { Link } from "@remix-run/react";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { cx } from "./class-names.ts";

type Look = "primary" | "plain" | "quiet" | "danger";
type Size = "small" | "normal";

/** How a button looks: one primary on a screen at most; quiet ones stand in rows. */
export function buttonClass(look: Look = "plain", size: Size = "normal", className?: string): string {
  return cx(
    "inline-flex items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap select-none transition-colors duration-100",
    "disabled:opacity-55 disabled:cursor-not-allowed aria-disabled:opacity-55 touch:min-h-11",
    size === "small" ? "min-h-8 px-3 text-sm" : "min-h-10 px-4 text-sm",
    look === "primary" && "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
    look === "plain" && "border-line-strong bg-surface text-ink hover:bg-sunken",
    look === "quiet" && "border-transparent text-ink-soft hover:bg-sunken hover:text-ink",
    look === "danger" && "border-transparent bg-danger text-surface hover:brightness-110",
    className,
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; size?: Size; /** Shows that it is at work, and takes no second press. */ busy?: boolean };

export function Button({ look, size, busy, className, disabled, type = "submit", ...rest }: ButtonProps) {
  return <button {...rest} type={type} disabled={disabled || busy} aria-busy={busy || undefined} className={buttonClass(look, size, className)} />;
}

type ButtonLinkProps = { to: string; look?: Look; size?: Size; className?: string; children: ReactNode; "aria-label"?: string };

/** A link that looks like a button, for what leads somewhere and changes nothing. */
export function ButtonLink({ look, size, className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={buttonClass(look, size, className)} />;
}
