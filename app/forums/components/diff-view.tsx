import { cx } from "#app/ui/class-names.ts";
import type { DiffBlock, DiffPart } from "#app/core/text-diff.ts";
import type { AllT as T } from "./post-words.ts";

const signs = { same: "", added: "+", removed: "−", changed: "±" } as const;

/** What changed, told by signs, lines and words as well as by colour. */
export function DiffView({ blocks, mono = false, t }: { blocks: DiffBlock[]; mono?: boolean; t: T }) {
  const spoken = { same: null, added: t("added"), removed: t("removedWords"), changed: t("changedWords") };
  if (blocks.every(({ mark }) => mark === "same")) return <p className="text-ink-soft">{t("nothingChanged")}</p>;
  return (
    <div className={cx("diff max-w-[72ch]", mono && "font-mono text-sm")}>
      {blocks.map(({ mark, parts }, index) => (
        <div key={index} className={cx("diff-block", mark === "added" && "diff-added", mark === "removed" && "diff-removed")}>
          <span aria-hidden="true" className="diff-mark">{signs[mark]}</span>
          <p>{spoken[mark] && <span className="sr-only">{spoken[mark]} </span>}{parts.map((part, at) => <Part key={at} part={part} />)}</p>
        </div>
      ))}
    </div>
  );
}

function Part({ part: { text, mark } }: { part: DiffPart }) {
  if (mark === "added") return <ins>{text}</ins>;
  if (mark === "removed") return <del>{text}</del>;
  return <>{text}</>;
}
