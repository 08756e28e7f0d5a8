import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import en from "../messages/en.json";
import type { MovePreview } from "../move-category.ts";

/** Who gains and who loses what by a move, before it is made. */
export function MoveChanges({ preview: { changes, newDivision, quotesOpened } }: { preview: MovePreview }) {
  const t = useT("community", en);
  const order = ["see", "reply", "create"];
  return (
    <div className="space-y-4">
      {newDivision && <Notice tone="warning">{t("moderatorsChange", { division: newDivision })}</Notice>}
      {quotesOpened > 0 && <Notice tone="warning">{t("quotesOpened", { count: quotesOpened })}</Notice>}
      {changes.length === 0 ? (
        <p className="text-sm">{t("noRightsChange")}</p>
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full text-sm">
            <thead>
              <tr className="border-b border-line-strong text-left text-xs text-ink-soft">
                <th scope="col" className="py-2 pr-4">{t("category")}</th><th scope="col" className="py-2 pr-4">{t("group")}</th>
                <th scope="col" className="py-2 pr-4">{t("before")}</th><th scope="col" className="py-2 pr-4">{t("after")}</th><th scope="col" className="py-2">{t("change")}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ categoryId, category, groupId, group, before, after }) => {
                const gains = order.indexOf(after ?? "") > order.indexOf(before ?? "");
                return (
                  <tr key={`${categoryId}:${groupId}`} className="border-b border-line">
                    <td className="py-2 pr-4">{category}</td><td className="py-2 pr-4">{group}</td>
                    <td className="py-2 pr-4">{t(before ?? "nothing")}</td><td className="py-2 pr-4">{t(after ?? "nothing")}</td>
                    <td className={gains ? "py-2 text-success" : "py-2 text-danger"}>{gains ? t("gains") : t("loses")}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
