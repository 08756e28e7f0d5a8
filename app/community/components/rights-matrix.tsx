import type { GroupKind, RightsLevel } from "#db/schema/community.ts";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";

const levels = ["", "see", "reply", "create"] as const;
type RightsMatrixProps = { groups: { id: number; kind: GroupKind; name: string }[]; /** What each group has now, by its id. */ given: Record<number, RightsLevel | undefined>; disabled?: boolean };

/** Groups against what they may do: one choice in each row, because each level includes those before it. */
export function RightsMatrix({ groups, given, disabled }: RightsMatrixProps) {
  const t = useT("community", en);
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">{t("rights")}</caption>
      <thead>
        <tr className="border-b border-line-strong text-xs text-ink-soft">
          <th scope="col" className="py-2 pr-2 text-left font-semibold">{t("group")}</th>
          {levels.map((level) => <th key={level} scope="col" className="w-11 px-0 py-2 text-center font-semibold sm:w-24">{t(level || "nothing")}</th>)}
        </tr>
      </thead>
      <tbody>
        {groups.map(({ id, kind, name }) => (
          <tr key={id} className="border-b border-line">
            <th scope="row" className="py-1 pr-2 text-left font-medium">
              {name}
              {kind !== "custom" && <span className="hidden text-xs font-normal text-ink-soft sm:block">{t(`${kind}Hint`)}</span>}
            </th>
            {levels.map((level) => (
              <td key={level} className="p-0 text-center has-checked:bg-accent-soft">
                <label className="flex min-h-11 cursor-pointer items-center justify-center">
                  <span className="sr-only">{t("levelOf", { level: t(level || "nothing"), group: name })}</span>
                  <input type="radio" name={`group-${id}`} value={level} defaultChecked={(given[id] ?? "") === level} disabled={disabled} className="size-4.5 accent-accent" />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
