import { Form, Link } from "@remix-run/react";
import type { Branch } from "../category-tree.ts";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Menu, MenuLink } from "#app/ui/menu.tsx";
import { iconOf } from "#app/ui/shell/rail.tsx";
import en from "../messages/en.json";
import { adminCategoryPath, adminDivisionPath } from "../paths.ts";

/** A division's categories as admins arrange them. */
export function TreeEditor({ divisionId, tree }: { divisionId: number; tree: Branch[] }) {
  const t = useT("community", en);
  return (
    <ul className="divide-y divide-line border-y border-line">
      {tree.map((branch) => (
        <li key={branch.id} className="flex min-h-12 flex-wrap items-center gap-x-3 py-1" style={{ paddingLeft: Math.min(branch.depth, 5) * 20 }}>
          <Icon name={iconOf(branch.icon)} className="text-ink-faint" />
          <Link to={adminCategoryPath(branch.id)} className="min-w-32 flex-1 font-medium hover:underline">{branch.name}</Link>
          <span className="text-xs text-ink-soft tabular">{t("topicCount", { count: branch.topicCount })}</span>
          {!branch.inheritsRights && branch.parentId !== null && <span className="rounded bg-sunken px-1.5 text-xs text-ink-soft">{t("ownRights")}</span>}
          <div className="flex items-center">
            <OrderButtons action={`${adminCategoryPath(branch.id)}/order`} name={branch.name} />
            <Menu label={t("more", { name: branch.name })} icon="ellipsis" hideLabel>
              <MenuLink to={adminCategoryPath(branch.id)} icon="pencil">{t("edit")}</MenuLink>
              <MenuLink to={adminCategoryPath(branch.id, "rights")} icon="lock">{t("rights")}</MenuLink>
              <MenuLink to={adminCategoryPath(branch.id, "move")} icon="corner-down-right">{t("move")}</MenuLink>
              <MenuLink to={`${adminDivisionPath(divisionId)}/categories/new?parent=${branch.id}`} icon="plus">{t("newBelow")}</MenuLink>
            </Menu>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A step up, a step down: two small forms that work everywhere. */
export function OrderButtons({ action, name, fields = {} }: { action?: string; name: string; fields?: Record<string, string | number> }) {
  const t = useT("community", en);
  return (["up", "down"] as const).map((direction) => (
    <Form key={direction} method="post" action={action} preventScrollReset>
      {Object.entries(fields).map(([key, value]) => <input key={key} type="hidden" name={key} value={value} />)}
      <button name={action ? "direction" : "intent"} value={direction} aria-label={t(direction === "up" ? "moveUp" : "moveDown", { name })} className="flex size-8 items-center justify-center rounded-md text-ink-faint hover:bg-sunken hover:text-ink touch:size-11">
        <Icon name={direction === "up" ? "arrow-up" : "arrow-down"} size={16} />
      </button>
    </Form>
  ));
}

export function DeleteForm({ action, name, question }: { action?: string; name: string; question: string }) {
  const t = useT("community", en);
  return <ConfirmButton action={action} label={t("delete")} icon="trash-2" look="quiet" question={question} confirm={t("deleteNamed", { name })} fields={action ? {} : { intent: "delete" }} />;
}
