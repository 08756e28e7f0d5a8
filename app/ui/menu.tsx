import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { buttonClass } from "./button.tsx";
import { cx } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

type MenuProps = {
  /** What the button says; read out only when `hideLabel`. */
  label: string;
  icon?: IconName;
  hideLabel?: true;
  /** What stands on the button instead of icon and label, which then is read out only. */
  face?: ReactNode;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
};

/**
 * A button that opens a short list of links and forms. Built on `<details>`: it works before and without scripts, and
 * costs a row of a list nothing. The frame closes it on Escape, on a click elsewhere and when a page opens.
 */
export function Menu({ label, icon, hideLabel, face, align = "end", className, children }: MenuProps) {
  const bare = Boolean(face) || hideLabel;
  return (
    <details data-menu className={cx("relative inline-block", className)}>
      <summary
        aria-label={bare ? label : undefined}
        title={bare && !face ? label : undefined}
        className={face ? "flex min-h-11 cursor-pointer list-none items-center rounded-md" : buttonClass("quiet", "small", cx("list-none", bare && "min-w-8 px-1.5! touch:min-w-11"))}
      >
        {face ?? (<>{icon && <Icon name={icon} />}{!hideLabel && label}</>)}
      </summary>
      <div className={cx("menu-panel", align === "end" ? "right-0" : "left-0")}>{children}</div>
    </details>
  );
}

const itemClass = "flex w-full min-h-9 items-center gap-2.5 rounded px-2.5 text-left text-sm text-ink hover:bg-sunken touch:min-h-11";

export function MenuLink({ to, icon, children }: { to: string; icon?: IconName; children: ReactNode }) {
  return <Link to={to} className={itemClass}>{icon && <Icon name={icon} size={16} className="text-ink-soft" />}{children}</Link>;
}

/** An entry that hands over a file. */
export function MenuDownload({ href, icon, children }: { href: string; icon?: IconName; children: ReactNode }) {
  return <a href={href} download className={itemClass}>{icon && <Icon name={icon} size={16} className="text-ink-soft" />}{children}</a>;
}

type MenuFormProps = { action: string; icon?: IconName; tone?: "danger"; /** Sent along, hidden. */ fields?: Record<string, string | number>; children: ReactNode };

/** An entry that changes something: a plain form with one button. */
export function MenuForm({ action, icon, tone, fields = {}, children }: MenuFormProps) {
  return (
    <Form method="post" action={action}>
      {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <button className={cx(itemClass, tone === "danger" && "text-danger!")}>{icon && <Icon name={icon} size={16} className={tone ? undefined : "text-ink-soft"} />}{children}</button>
    </Form>
  );
}

export function MenuRule() {
  return <hr className="my-1 border-line" />;
}
