import { Editor } from "@tiptap/core";
import { Placeholder } from "@tiptap/extensions";
import { useEffect, useId, useImperativeHandle, useLayoutEffect, useReducer, useRef, useState, type DragEvent, type Ref } from "react";
import type { RichText } from "#db/schema/rich-text.ts";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import en from "../words.ts";
import { documentToMarkdown } from "../rich-text/write-markdown.ts";
import { ContextBar, LinkBar } from "./context-bar.tsx";
import { PageLinkTyping, richTextExtensions } from "./extensions.ts";
import { readable } from "./pasted.ts";
import { quoteOf, type PostToQuote } from "./quote.ts";
import { SuggestionList } from "./suggestion-list.tsx";
import { Toolbar } from "./toolbar.tsx";
import { UploadTray } from "./upload-tray.tsx";
import type { Uploaded } from "./upload.ts";
import { useSuggestions } from "./use-suggestions.ts";
import { useUploads } from "./use-uploads.ts";

export type RichEditorHandle = { insertQuote: (quote: PostToQuote) => void; focus: () => void; clear: () => void };

type RichEditorProps = {
  labelId: string;
  describedBy?: string;
  isInvalid: boolean;
  placeholder?: string;
  rows: number;
  document?: RichText;
  pagesAt?: string;
  /** Whether it takes the place of a field that had the focus. */
  takesFocus: boolean;
  /** What stood behind the last word there, which no document holds. */
  tail: string;
  onChange: (document: RichText) => void;
  /** The member wants to see Markdown. */
  onMarkdown: (markdown: string) => void;
  handleRef: Ref<RichEditorHandle | null>;
};

const imageTypes = "image/jpeg,image/png,image/webp,image/gif";

/** The editor itself. Loaded when someone begins to write; pages must not import it but through `import()`. */
export function RichEditor({ labelId, describedBy, isInvalid, placeholder, rows, document: first, pagesAt, takesFocus, tail, onChange, onMarkdown, handleRef }: RichEditorProps) {
  const t = useT("ui", en);
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [asksLink, setAsksLink] = useState(false);
  const [isOver, setOver] = useState(false);
  const suggestions = useSuggestions(editor, pagesAt);
  const { rows: uploads, isWaiting, add, dismiss } = useUploads(frame, insertImage);
  // The editor is made once; what it calls is always of the last drawing.
  const now = useRef({ onChange, takeKey: suggestions.takeKey, add });
  now.current = { onChange, takeKey: suggestions.takeKey, add };

  useLayoutEffect(() => {
    // It settles what it is given, such as by a line after a list at the end: as long as it says the same, nobody has written.
    let untouched: string | null = first ? documentToMarkdown(first).trim() : "";
    const tell = (document: RichText) => {
      if (untouched !== null && documentToMarkdown(document).trim() === untouched) return;
      untouched = null;
      now.current.onChange(document);
    };
    const made = new Editor({
      element: place.current!,
      extensions: [...richTextExtensions, ...(pagesAt ? [PageLinkTyping] : []), Placeholder.configure({ placeholder: placeholder ?? "" })],
      content: first,
      autofocus: false,
      editorProps: {
        attributes: {
          id: `${id}-text`, role: "textbox", "aria-multiline": "true", "aria-labelledby": labelId, class: "prose editor-text", style: `min-height: ${rows * 26 + 24}px`,
        },
        handleKeyDown: (view, event) => {
          if (now.current.takeKey(event)) return true;
          if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
            setAsksLink(true);
            return true;
          }
          if (event.altKey && event.key === "F10") {
            frame.current?.querySelector<HTMLElement>(".editor-tools [tabindex='0']")?.focus();
            return true;
          }
          if (event.key === "Escape") {
            view.dom.blur();
            // From here the Tab key goes on behind the text, which it could not from inside a list or table.
            frame.current?.querySelector<HTMLElement>(".editor-end")?.focus();
            return true;
          }
          return false;
        },
        transformPastedHTML: readable,
        handlePaste: (_view, event) => takeFiles(event, event.clipboardData),
        handleDrop: (view, event, _slice, isMoved) => {
          if (isMoved) return false;
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          const taken = takeFiles(event, event.dataTransfer);
          if (taken && at) made.commands.setTextSelection(at.pos);
          return taken;
        },
      },
      onUpdate: ({ editor: changed }) => tell(changed.getJSON() as RichText),
      onTransaction: redraw,
    });
    function takeFiles(event: Event, data: DataTransfer | null): boolean {
      const files = [...(data?.files ?? [])];
      // Word and spreadsheets add a picture of what they copy: the words are meant.
      if (files.length === 0 || data?.types.includes("text/html")) return false;
      event.preventDefault();
      now.current.add(files);
      return true;
    }
    // What is added before anyone has been in the text, such as a picture, goes to its end.
    made.commands.setTextSelection(made.state.doc.content.size);
    if (takesFocus) {
      if (first && tail.includes("\n")) made.commands.enter();
      else if (first && tail) made.view.dispatch(made.state.tr.insertText(" "));
      // Not by the editor's own command, which waits for the next drawing.
      made.view.focus();
    }
    setEditor(made);
    return () => made.destroy();
    // Made once: later values would throw away what was written.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  // What a screen reader must know, and what only the last drawing knows.
  useEffect(() => {
    const text = editor?.view.dom;
    if (!text) return;
    const open = suggestions.open;
    const values: Record<string, string | undefined> = {
      "aria-describedby": describedBy,
      "aria-invalid": isInvalid ? "true" : undefined,
      "aria-autocomplete": "list",
      "aria-controls": open ? `${id}-list` : undefined,
      "aria-activedescendant": open ? `${id}-list-${open.active}` : undefined,
    };
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) text.removeAttribute(name);
      else text.setAttribute(name, value);
    }
  });

  // Nothing is handed out before there is an editor to act on: what was asked of it would be lost.
  useImperativeHandle<RichEditorHandle | null, RichEditorHandle | null>(handleRef, () => editor && {
    insertQuote: (quote) => void editor.chain().focus("end").insertContent([quoteOf(quote), { type: "paragraph" }]).run(),
    focus: () => void editor.commands.focus("end"),
    clear: () => void editor.commands.clearContent(true),
  }, [editor]);

  function insertImage({ key, width, height }: Uploaded) {
    editor?.chain().insertContent({ type: "image", attrs: { key, width, height, alt: "" } }).run();
  }

  function describe(key: string, alt: string) {
    editor?.commands.command(({ tr }) => {
      tr.doc.descendants((node, at) => {
        if (node.type.name === "image" && node.attrs.key === key) tr.setNodeAttribute(at, "alt", alt);
      });
      return true;
    });
  }

  // What falls beside the text would otherwise open in place of the page, and what was written be gone.
  const dropping = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => !event.currentTarget.contains(event.relatedTarget as Element | null) && setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (event.defaultPrevented || event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      add([...event.dataTransfer.files]);
    },
  };

  return (
    <div ref={frame} className="editor" aria-invalid={isInvalid || undefined} {...dropping}>
      {isOver && <p className="editor-drop" aria-hidden="true"><span><Icon name="image" />{t("dropHere")}</span></p>}
      {editor && <Toolbar editor={editor} textId={`${id}-text`} onLink={() => setAsksLink(true)} onPickImage={() => picker.current?.click()} onMarkdown={() => onMarkdown(documentToMarkdown(editor.getJSON() as RichText))} />}
      {editor && asksLink && <LinkBar editor={editor} onClose={() => setAsksLink(false)} />}
      {editor && <ContextBar editor={editor} />}
      <div ref={place} />
      <input ref={picker} type="file" accept={imageTypes} multiple hidden onChange={(event) => (add([...(event.target.files ?? [])]), (event.target.value = ""))} />
      <UploadTray rows={uploads} isWaiting={isWaiting} onDismiss={dismiss} onDescribe={describe} />
      <SuggestionList id={`${id}-list`} open={suggestions.open} onChoose={suggestions.choose} />
      <p tabIndex={-1} className="editor-end sr-only">{t("editorKeys")}</p>
    </div>
  );
}
