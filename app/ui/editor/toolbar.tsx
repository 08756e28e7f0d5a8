import type { Editor } from "@tiptap/core";
import { useRef, useState, type KeyboardEvent } from "react";
import { cx } from "../class-names.ts";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import type { IconName } from "../icon-names.ts";
import en from "../words.ts";

type Tool = { name: keyof typeof en; icon: IconName; keys?: string; isOn?: (editor: Editor) => boolean; run: (editor: Editor) => void; isOff?: (editor: Editor) => boolean };

/** In groups, between which a thin line stands. */
const groups: Tool[][] = [
  [
    { name: "bold", icon: "bold", keys: "Mod-B", isOn: (editor) => editor.isActive("bold"), run: (editor) => editor.chain().focus().toggleBold().run() },
    { name: "italic", icon: "italic", keys: "Mod-I", isOn: (editor) => editor.isActive("italic"), run: (editor) => editor.chain().focus().toggleItalic().run() },
    { name: "strike", icon: "strikethrough", keys: "Mod-Shift-S", isOn: (editor) => editor.isActive("strike"), run: (editor) => editor.chain().focus().toggleStrike().run() },
    { name: "inlineCode", icon: "code", keys: "Mod-E", isOn: (editor) => editor.isActive("code"), run: (editor) => editor.chain().focus().toggleMark("code").run() },
  ],
  [
    { name: "heading", icon: "heading-2", isOn: (editor) => editor.isActive("heading", { level: 2 }), run: (editor) => editor.chain().focus().toggleHeading({ level: 2 }).run() },
    { name: "subheading", icon: "heading-3", isOn: (editor) => editor.isActive("heading", { level: 3 }), run: (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run() },
    { name: "bulletList", icon: "list", keys: "Mod-Shift-8", isOn: (editor) => editor.isActive("bulletList"), run: (editor) => editor.chain().focus().toggleBulletList().run() },
    { name: "orderedList", icon: "list-ordered", keys: "Mod-Shift-7", isOn: (editor) => editor.isActive("orderedList"), run: (editor) => editor.chain().focus().toggleOrderedList().run() },
    { name: "taskList", icon: "list-checks", keys: "Mod-Shift-9", isOn: (editor) => editor.isActive("taskList"), run: (editor) => editor.chain().focus().toggleTaskList().run() },
    { name: "quote", icon: "quote", keys: "Mod-Shift-B", isOn: (editor) => editor.isActive("blockquote"), run: (editor) => editor.chain().focus().toggleBlockquote().run() },
    { name: "codeBlock", icon: "square-code", keys: "Mod-Alt-C", isOn: (editor) => editor.isActive("codeBlock"), run: (editor) => editor.chain().focus().toggleCodeBlock().run() },
  ],
];

const history: Tool[] = [
  { name: "undo", icon: "undo-2", keys: "Mod-Z", isOff: (editor) => !editor.can().undo(), run: (editor) => editor.chain().focus().undo().run() },
  { name: "redo", icon: "redo-2", keys: "Mod-Shift-Z", isOff: (editor) => !editor.can().redo(), run: (editor) => editor.chain().focus().redo().run() },
];

type ToolbarProps = { editor: Editor; textId: string; onLink: () => void; onPickImage: () => void; onMarkdown: () => void };

/** One stop for the Tab key; the arrow keys move inside (ARIA's toolbar pattern). */
export function Toolbar({ editor, textId, onLink, onPickImage, onMarkdown }: ToolbarProps) {
  const t = useT("ui", en);
  const bar = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string>("bold");
  const inserts: Tool[] = [
    { name: "link", icon: "link", keys: "Mod-K", isOn: () => editor.isActive("link"), run: onLink },
    { name: "image", icon: "image", run: onPickImage },
    { name: "table", icon: "table", isOn: () => editor.isActive("table"), isOff: () => editor.isActive("table"), run: () => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run() },
    { name: "rule", icon: "minus", run: () => editor.chain().focus().setHorizontalRule().run() },
  ];

  function move(event: KeyboardEvent) {
    const buttons = [...bar.current!.querySelectorAll<HTMLButtonElement>("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === "Escape") editor.commands.focus();
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons[(to + buttons.length) % buttons.length]!;
    setStop(next.dataset.tool!);
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  const button = ({ name, icon, keys, isOn, isOff, run }: Tool) => (
    <button
      key={name}
      type="button"
      data-tool={name}
      tabIndex={stop === name ? 0 : -1}
      aria-label={t(name)}
      title={keys ? `${t(name)} (${shown(keys)})` : t(name)}
      aria-pressed={isOn ? isOn(editor) : undefined}
      // Stays reachable, so that focus is not lost when it turns off under it.
      aria-disabled={isOff?.(editor) || undefined}
      // The text keeps its selection, and a phone its keyboard.
      onMouseDown={(event) => event.preventDefault()}
      onFocus={() => setStop(name)}
      onClick={() => !isOff?.(editor) && run(editor)}
      className="editor-tool"
    >
      <Icon name={icon} />
    </button>
  );

  return (
    <div className="editor-bar">
      <div ref={bar} role="toolbar" aria-label={t("toolbar")} aria-controls={textId} onKeyDown={move} className="editor-tools">
        {[...groups, inserts, history].map((group, index) => (
          <div key={index} className={cx("flex shrink-0", index > 0 && "editor-group")}>{group.map(button)}</div>
        ))}
      </div>
      <button type="button" className="editor-switch" onMouseDown={(event) => event.preventDefault()} onClick={onMarkdown}>{t("asMarkdown")}</button>
    </div>
  );
}

function shown(keys: string): string {
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  return isApple ? keys.replace("Mod", "⌘").replace("Shift", "⇧").replace("Alt", "⌥").replaceAll("-", "") : keys.replace("Mod", "Ctrl").replaceAll("-", "+");
}
