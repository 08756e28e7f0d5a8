import { cx } from "#app/ui/class-names.ts";
import type { Translate } from "#app/ui/i18n.tsx";
import type { DocumentBlock } from "#app/core/document-diff.ts";
import type { DiffPart } from "#app/core/text-diff.ts";
import type en from "../messages/en.json";

type T = Translate<typeof en>;
type DocumentDiffProps = { blocks: (DocumentBlock | null)[]; as: "inline" | "side"; t: T };

const signs = { same: "", added: "+", removed: "−", changed: "±" } as const;

/** What changed between two states of a page, told by signs, lines and words as well as by colour. */
export function DocumentDiff({ blocks: all, as, t }: DocumentDiffProps) {
  // An empty line that went is nothing to see: it is all that a new page had before.
  const blocks = all.filter((block) => block?.mark !== "removed" || block.shape.look !== "text" || block.cells.some((parts) => parts.some(({ text }) => text.trim() !== "")));
  if (!blocks.some((block) => block && block.mark !== "same")) return <p className="text-ink-soft">{t("nothingChanged")}</p>;
  return as === "side" ? <SideBySide blocks={blocks} t={t} /> : <Inline blocks={blocks} t={t} />;
}

function Inline({ blocks, t }: { blocks: (DocumentBlock | null)[]; t: T }) {
  return (
    <div className="diff max-w-[76ch]">
      {blocks.map((block, index) =>
        block ? (
          <div key={index} className={cx("diff-block", block.mark === "added" && "diff-added", block.mark === "removed" && "diff-removed")}>
            <span aria-hidden="true" className="diff-mark">{signs[block.mark]}</span>
            <Words block={block} t={t} />
          </div>
        ) : <Gap key={index} />,
      )}
    </div>
  );
}

/** Both states beside one another; on a phone, where there is no room, the later under the earlier one. */
function SideBySide({ blocks, t }: { blocks: (DocumentBlock | null)[]; t: T }) {
  return (
    <div className="diff diff-sides">
      <p className="diff-side-head">{t("before")}</p><p className="diff-side-head">{t("after")}</p>
      {blocks.map((block, index) =>
        block ? (
          <Row key={index} block={block} t={t} />
        ) : <Gap key={index} />,
      )}
    </div>
  );
}

function Row({ block, t }: { block: DocumentBlock; t: T }) {
  const side = (mark: "removed" | "added") => {
    const other = mark === "removed" ? "added" : "removed";
    if (block.mark === other) return <div className="diff-block diff-empty" aria-hidden="true" />;
    const cells = block.cells.map((parts) => parts.filter((part) => part.mark !== other));
    return (
      <div className={cx("diff-block", block.mark === mark && `diff-${mark}`, block.mark === "same" && `diff-same-${mark}`)}>
        <span aria-hidden="true" className="diff-mark">{block.mark === "same" ? "" : mark === "added" ? "+" : "−"}</span>
        <Words block={{ ...block, cells }} t={t} />
      </div>
    );
  };
  return <>{side("removed")}{side("added")}</>;
}

function Words({ block: { mark, shape, cells }, t }: { block: DocumentBlock; t: T }) {
  const spoken = { same: null, added: t("added"), removed: t("taken"), changed: t("changed") }[mark];
  const look = shape.look;
  return (
    <div style={{ paddingLeft: Math.max(0, shape.depth - 1) * 20 }} className={cx("diff-words", `diff-${look}`)}>
      {spoken && <span className="sr-only">{spoken} </span>}
      {shape.sign && <span className="diff-sign">{shape.sign} </span>}
      {look === "row" ? <span className="diff-cells">{cells.map((parts, at) => <span key={at} className="diff-cell"><Parts parts={parts} /></span>)}</span> : <Parts parts={cells[0] ?? []} />}
    </div>
  );
}

function Parts({ parts }: { parts: DiffPart[] }) {
  return parts.map(({ text, mark }, at) => (mark === "added" ? <ins key={at}>{text}</ins> : mark === "removed" ? <del key={at}>{text}</del> : <span key={at}>{text}</span>));
}

function Gap() {
  return <div className="diff-gap" aria-hidden="true">⋯</div>;
}
