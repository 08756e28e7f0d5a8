import { useEffect, useState } from "react";
import { useT } from "#app/ui/i18n.tsx";
import en from "./words.ts";
import type { TagRules } from "../tag-rules.ts";

type TagOffersProps = { rules: TagRules; chosen: string[]; /** Puts a tag in, or takes it out. */ onToggle: (slug: string, siblings: string[]) => void };

/** What the place asks of the tags, with those to choose from. Without scripts they are words to type. */
export function TagOffers({ rules, chosen, onToggle }: TagOffersProps) {
  const t = useT("forums", en);
  const [hasScripts, setHasScripts] = useState(false);
  useEffect(() => setHasScripts(true), []);
  if (rules.minimum === 0 && rules.groups.length === 0) return null;
  return (
    <div className="mt-3 space-y-3 rounded-md border border-line bg-surface p-3.5">
      {(rules.minimum > 0 || rules.isLimited) && (
        <p className="text-sm text-ink-soft">{[rules.minimum > 0 && t("tagRules.atLeast", { count: rules.minimum }), rules.isLimited && t("tagRules.onlyThese")].filter(Boolean).join(" · ")}</p>
      )}
      {rules.groups.map(({ id, name, description, isSingle, use, tags }) => (
        <fieldset key={id}>
          <legend className="text-sm font-medium">{t(use === "required" ? (isSingle ? "tagRules.oneOf" : "tagRules.someOf") : isSingle ? "tagRules.mayOne" : "tagRules.may", { group: name })}</legend>
          {description && <p className="text-sm text-ink-soft">{description}</p>}
          <ul className="mt-1.5 flex flex-wrap gap-1.5">
            {tags.map(({ slug, name: label }) => (
              <li key={slug}>
                {hasScripts
                  ? <button type="button" aria-pressed={chosen.includes(slug)} onClick={() => onToggle(slug, isSingle ? tags.map((each) => each.slug) : [slug])} className="inline-flex min-h-8 items-center rounded-md border border-line-strong px-2.5 text-sm hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-strong touch:min-h-11">{label}</button>
                  : <span className="inline-flex min-h-8 items-center rounded-md border border-line px-2.5 text-sm">{label}</span>}
              </li>
            ))}
          </ul>
        </fieldset>
      ))}
    </div>
  );
}
