import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from "react";
import { cx } from "./class-names.ts";

const box =
  "w-full rounded-md border bg-surface px-3 text-base text-ink placeholder:text-ink-faint border-line-strong aria-invalid:border-danger touch:min-h-11 disabled:opacity-60";

type Around = { label: string; /** What helps to fill it in; shown under the label. */ hint?: ReactNode; errors?: string[]; /** Hides the label from sight, not from screen readers. */ hideLabel?: boolean };

type InputProps = Around & InputHTMLAttributes<HTMLInputElement>;

/** One line of text with its label, hint and what was wrong with it. */
export function Field({ label, hint, errors, hideLabel, className, ...input }: InputProps) {
  const { id, described, frame } = useFrame({ label, hint, errors, hideLabel, id: input.id });
  return frame(<input {...input} id={id} aria-invalid={errors ? true : undefined} aria-describedby={described} className={cx(box, "h-10", className)} />);
}

type AreaProps = Around & TextareaHTMLAttributes<HTMLTextAreaElement>;

export function TextArea({ label, hint, errors, hideLabel, className, ...area }: AreaProps) {
  const { id, described, frame } = useFrame({ label, hint, errors, hideLabel, id: area.id });
  return frame(<textarea rows={5} {...area} id={id} aria-invalid={errors ? true : undefined} aria-describedby={described} className={cx(box, "py-2", className)} />);
}

type SelectProps = Around & SelectHTMLAttributes<HTMLSelectElement>;

export function Select({ label, hint, errors, hideLabel, className, ...select }: SelectProps) {
  const { id, described, frame } = useFrame({ label, hint, errors, hideLabel, id: select.id });
  return frame(<select {...select} id={id} aria-invalid={errors ? true : undefined} aria-describedby={described} className={cx(box, "h-10 pr-8", className)} />);
}

type CheckboxProps = { label: ReactNode; hint?: ReactNode } & Omit<InputHTMLAttributes<HTMLInputElement>, "type">;

export function Checkbox({ label, hint, className, ...input }: CheckboxProps) {
  const made = useId();
  const id = input.id ?? made;
  return (
    <div className={cx("flex items-start gap-3", className)}>
      <input {...input} id={id} type="checkbox" aria-describedby={hint ? `${id}-hint` : undefined} className="mt-1 size-4.5 accent-accent" />
      <div>
        <label htmlFor={id} className="text-sm font-medium">{label}</label>
        {hint && <p id={`${id}-hint`} className="text-sm text-ink-soft">{hint}</p>}
      </div>
    </div>
  );
}

function useFrame({ label, hint, errors, hideLabel, id: given }: Around & { id?: string }) {
  const made = useId();
  const id = given ?? made;
  const described = [hint && `${id}-hint`, errors && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const frame = (control: ReactNode) => (
    <div className="field">
      <label htmlFor={id} className={cx("field-label", hideLabel && "sr-only")}>{label}</label>
      {hint && <p id={`${id}-hint`} className="field-hint">{hint}</p>}
      <div className="field-control">{control}</div>
      {errors && <p id={`${id}-error`} className="field-error">{errors.join(" ")}</p>}
    </div>
  );
  return { id, described, frame };
}
