import { Form, useNavigate } from "@remix-run/react";
import { useRef, useState, type KeyboardEvent } from "react";
import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import { useOffers } from "#app/ui/use-offers.ts";
import type { Suggestion } from "../suggest.ts";
import en from "../messages/en.json";
import { articlePath, blogPath, pagePath, searchHref, wikiPath } from "../paths.ts";

/** The field is on every page once. A name that React makes would depend on what is around it. */
const listId = "site-search-offers";
/** How long the fingers must rest before the server is asked, in milliseconds. */
const PAUSE = 90;

/** The search field of the header: a plain form, which offers titles, people, tags and places while someone types. */
export function SearchBox({ className }: { className?: string }) {
  const t = useT("discovery", en);
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [current, setCurrent] = useState(-1);
  const frame = useRef<HTMLDivElement>(null);
  const suggestions = useSuggestions(isOpen ? text : "");
  const entries = suggestions.length > 0 ? [...suggestions.map(entryOf), { speaker: null, href: searchHref(text), icon: "search" as IconName, label: t("searchAllFor", { text }), note: "" }] : [];
  const shown = isOpen && entries.length > 0;

  const go = (href: string) => {
    setOpen(false);
    setCurrent(-1);
    setText("");
    navigate(href);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") setOpen(false);
    if (!shown) return;
    if (event.key === "ArrowDown") setCurrent((at) => (at + 1) % entries.length);
    else if (event.key === "ArrowUp") setCurrent((at) => (at <= 0 ? entries.length : at) - 1);
    else if (event.key === "Enter" && current >= 0) go(entries[current]!.href);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={frame} className={cx("relative", className)} onBlur={(event) => !frame.current?.contains(event.relatedTarget) && setOpen(false)}>
      <Form role="search" action="/search" aria-label={t("search")} onSubmit={() => setOpen(false)}>
        <Icon name="search" size={16} className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-faint" />
        <input
          id="site-search" name="q" type="search" autoComplete="off" maxLength={500} value={text} placeholder={t("search")} aria-label={t("searchLabel")}
          role="combobox" aria-expanded={shown} aria-controls={listId} aria-autocomplete="list" aria-activedescendant={shown && current >= 0 ? `${listId}-${current}` : undefined}
          onChange={(event) => { setText(event.target.value); setOpen(true); setCurrent(-1); }}
          onFocus={() => setOpen(true)} onKeyDown={onKeyDown}
          className="h-9 w-full rounded-md border border-line bg-sunken pr-3 pl-9 text-sm placeholder:text-ink-faint focus:bg-surface touch:h-11"
        />
      </Form>
      <ul id={listId} role="listbox" aria-label={t("suggestions")} hidden={!shown} className="absolute top-full right-0 z-40 mt-1 w-full md:w-[30rem] max-h-[70vh] overflow-y-auto rounded-md border border-line-strong bg-surface py-1 shadow-lg">
        {shown && entries.map(({ href, icon, label, note, speaker = null }, index) => (
          <li key={href} id={`${listId}-${index}`} role="option" aria-selected={index === current}>
            <a
              href={href} tabIndex={-1} onClick={(event) => { event.preventDefault(); go(href); }} onMouseEnter={() => setCurrent(index)}
              className={cx("flex min-h-10 items-center gap-3 px-3 text-sm touch:min-h-11", index === current && "bg-accent-soft")}
            >
              <Icon name={icon} size={16} className="text-ink-faint" />
              <span className="min-w-0 flex-1 truncate">{label}</span>
              <SpeakerBadge label={speaker} />
              <span className="max-w-[40%] truncate text-xs text-ink-faint">{note}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function entryOf(suggestion: Suggestion): { href: string; icon: IconName; label: string; note: string; speaker?: (Suggestion & { kind: "member" })["label"] } {
  switch (suggestion.kind) {
    case "topic":
      return { href: `/t/${suggestion.slug}/${suggestion.id}`, icon: suggestion.isSolved ? "check-circle-2" : "message-circle", label: suggestion.title, note: suggestion.place };
    case "article":
      return { href: articlePath({ ...suggestion, blog: suggestion.placeSlug }), icon: "newspaper", label: suggestion.title, note: suggestion.place };
    case "page":
      return { href: pagePath({ ...suggestion, wiki: suggestion.placeSlug }), icon: "book-open", label: suggestion.title, note: suggestion.place };
    case "member":
      return { href: `/u/${suggestion.username}`, icon: "user", label: suggestion.name, note: `@${suggestion.username}`, speaker: suggestion.label };
    case "tag":
      return { href: `/tag/${suggestion.slug}`, icon: "tag", label: suggestion.name, note: String(suggestion.topics) };
    case "category":
      return { href: `/c/${suggestion.slug}/${suggestion.id}`, icon: "folder", label: suggestion.name, note: suggestion.place };
    case "blog":
      return { href: blogPath(suggestion.slug), icon: "newspaper", label: suggestion.name, note: "" };
    case "wiki":
      return { href: wikiPath(suggestion.slug), icon: "library", label: suggestion.name, note: "" };
    case "division":
      return { href: `/d/${suggestion.slug}`, icon: "layers", label: suggestion.name, note: "" };
  }
}

/** What the server offers for the text. */
function useSuggestions(text: string): Suggestion[] {
  return useOffers(text.trim() === "" ? null : `/search/suggest?q=${encodeURIComponent(text)}`, (answer: { suggestions: Suggestion[] }) => answer.suggestions, { pauseMs: PAUSE });
}
