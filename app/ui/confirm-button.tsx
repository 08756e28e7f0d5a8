import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button, buttonClass } from "./button.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

type ConfirmButtonProps = {
  /** The address the form posts to; the page's own when left out. */
  action?: string;
  label: string;
  icon?: IconName;
  /** What will happen, in plain words. */
  question: ReactNode;
  /** What the second button says: the verb, not "OK". */
  confirm: string;
  fields?: Record<string, string | number>;
  look?: "plain" | "quiet" | "danger";
  /** More inputs, such as a reason. */
  children?: ReactNode;
};

/** A button that asks once, in plain words, before it does what cannot be undone. Works without scripts. */
export function ConfirmButton({ action, label, icon, question, confirm, fields = {}, look = "plain", children }: ConfirmButtonProps) {
  return (
    <details data-menu className="relative inline-block">
      <summary className={buttonClass(look, "small", "list-none")}>{icon && <Icon name={icon} size={16} />}{label}</summary>
      <Form method="post" action={action} className="menu-panel right-0 w-72 space-y-3 p-4!">
        {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <div className="text-sm">{question}</div>
        {children}
        <Button look="danger" size="small">{confirm}</Button>
      </Form>
    </details>
  );
}
