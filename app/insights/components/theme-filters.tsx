import { Form, Link } from "@remix-run/react";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { Field, Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import en from "../messages/en.json";
import { intents, periods, sorts, states } from "../paths.ts";

export type FilterChoices = { divisions: { id: number; name: string }[]; areas: { id: number; name: string; depth: number }[]; segments: string[]; accounts: { id: number; name: string }[] };
export type FilterValues = Record<string, string>;

/** Choices above a list of themes. An ordinary form: what is chosen stands in the address. */
export function ThemeFilters({ values, choices }: { values: FilterValues; choices: FilterChoices }) {
  const t = useT("insights", en);
  const any = <option value="">{t("any")}</option>;
  return (
    <details open={Object.keys(values).some((name) => name !== "view" && name !== "sort")} className="mb-6 rounded-md border border-line bg-surface print:hidden">
      <summary className="opens px-4 py-2.5 text-sm font-medium">{t("filters")}</summary>
      <Form method="get" className="border-t border-line p-4">
        {values.view && <input type="hidden" name="view" value={values.view} />}
        <div className="grid gap-3 sm:grid-cols-3 lg:grid-cols-4">
          <Select name="division" label={t("division")} defaultValue={values.division ?? ""}>{any}{choices.divisions.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>
          <Select name="area" label={t("area")} defaultValue={values.area ?? ""}>{any}{choices.areas.map(({ id, name, depth }) => <option key={id} value={id}>{`${"\u2003".repeat(depth)}${name}`}</option>)}</Select>
          <Select name="intent" label={t("intent")} defaultValue={values.intent ?? ""}>{any}{intents.map((intent) => <option key={intent} value={intent}>{t(`intent_${intent}`)}</option>)}</Select>
          <Select name="state" label={t("state")} defaultValue={values.state ?? ""}>{any}{states.map((state) => <option key={state} value={state}>{t(`state_${state}`)}</option>)}</Select>
          <Select name="period" label={t("period")} defaultValue={values.period ?? ""}>{any}{periods.map((days) => <option key={days} value={days}>{t(`period_${days}`)}</option>)}</Select>
          {choices.segments.length > 0 && <Select name="segment" label={t("segment")} defaultValue={values.segment ?? ""}>{any}{choices.segments.map((segment) => <option key={segment}>{segment}</option>)}</Select>}
          {choices.accounts.length > 0 && <Select name="account" label={t("account")} defaultValue={values.account ?? ""}>{any}{choices.accounts.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>}
          <Select name="owner" label={t("owner")} defaultValue={values.owner ?? ""}>{any}<option value="me">{t("owner_me")}</option><option value="nobody">{t("owner_nobody")}</option></Select>
          <Select name="sort" label={t("order")} defaultValue={values.sort ?? "score"}>{sorts.map((sort) => <option key={sort} value={sort}>{t(`sort_${sort}`)}</option>)}</Select>
        </div>
        <div className="mt-4 flex gap-2"><Button>{t("apply")}</Button><Link to={values.view ? `?view=${values.view}` : "?"} className="inline-flex min-h-10 items-center px-3 text-sm text-ink-soft hover:underline">{t("clearFilters")}</Link></div>
      </Form>
    </details>
  );
}

/** Lists that one comes back to, as tabs, with a way to keep the present one. */
export function SavedViews({ views, query }: { views: { id: number; name: string; query: string }[]; query: string }) {
  const t = useT("insights", en);
  const current = views.find((view) => view.query === query);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3 print:hidden">
      {views.length > 0 && <TabLinks label={t("savedViews")} items={views.map(({ name, query: of }) => ({ to: `/insights/themes?${of}`, label: name, current: of === query }))} className="min-w-0 flex-1" />}
      {current
        ? <ConfirmButton action="/insights/views" label={t("deleteView", { name: current.name })} question={t("deleteView", { name: current.name })} confirm={t("deleteAccount")} fields={{ intent: "delete", viewId: current.id }} look="quiet" />
        : query !== "" && (
          <details className="relative" data-menu>
            <summary className="cursor-pointer text-sm text-accent-strong hover:underline">{t("saveView")}</summary>
            <Form method="post" action="/insights/views" className={cx("menu-panel w-72 space-y-3 p-4!", views.length > 0 ? "right-0" : "left-0")}>
              <input type="hidden" name="intent" value="save" />
              <input type="hidden" name="query" value={query} />
              <Field name="name" label={t("viewName")} required maxLength={60} />
              <Button size="small">{t("save")}</Button>
            </Form>
          </details>
        )}
    </div>
  );
}
