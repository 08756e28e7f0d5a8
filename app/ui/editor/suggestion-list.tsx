import { Avatar } from "../avatar.tsx";
import { useT } from "../i18n.tsx";
import en from "../words.ts";
import type { Choice, Suggestions } from "./use-suggestions.ts";

type SuggestionListProps = { id: string; open: Suggestions | null; onChoose: (choice: Choice) => void };

/** A listbox beside the cursor. The text keeps the focus and names the active choice; how many there are is read out. */
export function SuggestionList({ id, open, onChoose }: SuggestionListProps) {
  const t = useT("ui", en);
  return (
    <>
      <p role="status" className="sr-only">{open ? t("suggestions", { count: open.choices.length }) : ""}</p>
      {open && (
        <ul id={id} role="listbox" aria-label={t(open.sign === "@" ? "membersToMention" : open.sign === ":" ? "emojiToInsert" : "pagesToLink")} style={{ left: open.left, top: open.top }} className="editor-suggestions">
          {open.choices.map((choice, index) => (
            <li
              key={choice.kind === "member" ? choice.username : choice.kind === "page" ? choice.id : choice.emoji}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === open.active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(choice)}
            >
              {choice.kind === "member" ? (
                <>
                  <Avatar name={choice.name} fileId={choice.avatarFileId} size={24} />
                  <span className="truncate font-medium">{choice.name}</span>
                  <span className="truncate text-ink-soft">@{choice.username}</span>
                </>
              ) : choice.kind === "page" ? (
                <span className="truncate font-medium">{choice.title}</span>
              ) : (
                <>
                  <span className="w-6 text-center text-lg">{choice.emoji}</span>
                  <span className="truncate">{choice.name.replaceAll("_", " ")}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
