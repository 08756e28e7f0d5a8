import type { Editor } from "@tiptap/core";
import { useEffect, useRef, useState } from "react";
import { buttonClass } from "../button.tsx";
import { useT } from "../i18n.tsx";
import en from "../words.ts";
import { codeLanguages } from "../rich-text/languages.ts";
import { isSafeHref } from "../rich-text/patterns.ts";

const row = "flex flex-wrap items-center gap-1 border-b bg-sunken px-2 py-1 text-sm";

/** What belongs to the place the cursor is in: a table's rows and columns, a code block's language. */
export function ContextBar({ editor }: { editor: Editor }) {
  const t = useT("ui", en);
  if (editor.isActive("codeBlock")) {
    return (
      <div className={row}>
        <label className="flex items-center gap-2">
          {t("codeLanguage")}
          <select
            value={(editor.getAttributes("codeBlock").language as string | null) ?? ""}
            onChange={(event) => editor.chain().focus().updateAttributes("codeBlock", { language: event.target.value || null }).run()}
            className="h-8 rounded-md border border-line-strong bg-surface px-2 touch:min-h-11"
          >
            <option value="">{t("plainCode")}</option>
            {Object.entries(codeLanguages).map(([name, { label }]) => <option key={name} value={name}>{label}</option>)}
          </select>
        </label>
      </div>
    );
  }
  if (!editor.isActive("table")) return null;
  const acts = [
    ["addRow", () => editor.chain().focus().addRowAfter().run()],
    ["addColumn", () => editor.chain().focus().addColumnAfter().run()],
    ["removeRow", () => editor.chain().focus().deleteRow().run()],
    ["removeColumn", () => editor.chain().focus().deleteColumn().run()],
    ["removeTable", () => editor.chain().focus().deleteTable().run()],
  ] as const;
  return (
    <div className={row}>
      {acts.map(([name, run]) => (
        <button key={name} type="button" className={buttonClass("quiet", "small")} onMouseDown={(event) => event.preventDefault()} onClick={run}>{t(name)}</button>
      ))}
    </div>
  );
}

/** Asks where a link leads. Enter applies, Escape goes back to the text. */
export function LinkBar({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const t = useT("ui", en);
  const [href, setHref] = useState(String(editor.getAttributes("link").href ?? ""));
  const [isRefused, setRefused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);

  function close() {
    onClose();
    editor.commands.focus();
  }
  function apply() {
    const typed = href.trim();
    const address = /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(typed) ? typed : typed.includes("@") ? `mailto:${typed}` : `https://${typed}`;
    if (!typed) return remove();
    if (!isSafeHref(address)) return setRefused(true);
    const mark = { type: "link", attrs: { href: address } };
    if (editor.state.selection.empty && !editor.isActive("link")) editor.chain().insertContent({ type: "text", text: typed, marks: [mark] }).run();
    else editor.chain().extendMarkRange("link").setMark("link", mark.attrs).run();
    close();
  }
  function remove() {
    editor.chain().extendMarkRange("link").unsetMark("link").run();
    close();
  }

  return (
    <div className={row}>
      <input
        ref={field}
        value={href}
        inputMode="url"
        aria-label={t("linkAddress")}
        aria-invalid={isRefused || undefined}
        placeholder={t("linkPlaceholder")}
        onChange={(event) => (setHref(event.target.value), setRefused(false))}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "Escape") return;
          // Enter would send the form around it.
          event.preventDefault();
          event.stopPropagation();
          return event.key === "Enter" ? apply() : close();
        }}
        className="h-9 min-w-0 flex-1 basis-40 rounded-md border border-line-strong bg-surface px-3 text-base md:text-sm aria-invalid:border-danger touch:min-h-11"
      />
      <button type="button" className={buttonClass("plain", "small")} onClick={apply}>{t("apply")}</button>
      {editor.isActive("link") && <button type="button" className={buttonClass("quiet", "small")} onClick={remove}>{t("removeLink")}</button>}
      {isRefused && <p role="alert" className="basis-full text-danger">{t("linkRefused")}</p>}
    </div>
  );
}
