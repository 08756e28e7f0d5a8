import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { eq } from "drizzle-orm";
import { adminCategoryPath } from "#app/community/paths.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { markTemplate, setOwner, verifyPage } from "../care.ts";
import { ManagePage } from "../components/manage-page.tsx";
import { managePageInput, pageParams } from "../inputs.ts";
import { accessPage } from "../pages.ts";
import { beginsPart, giveOwnRights, inheritRights } from "../part-rights.ts";
import { pathOf } from "../paths.ts";
import { canCareFor, canEditPage, canRemovePage, canSetRights } from "../policy.ts";
import { listTree } from "../tree.ts";
import { branchOf } from "../tree-lines.ts";

export const loader = defineLoader({ params: pageParams }, async ({ viewer, params }) => {
  // By any name: behind an act that was refused, a step to the right one would lose what was typed.
  const page = await accessPage(db, viewer, params.pageId);
  enforce(canEditPage(requireMember(viewer), page));
  const [tree, branch, [owner], isPart] = await Promise.all([
    listTree(db, viewer, page.wikiId), branchOf(db, page.id),
    page.ownerId === null ? [] : db.select({ username: members.username }).from(members).where(eq(members.id, page.ownerId)),
    db.transaction((tx) => beginsPart(tx, page)),
  ]);
  const own = new Set(branch.map(({ id }) => id));
  return {
    place: { divisionId: page.divisionId, categoryId: page.categoryId }, title: translate(viewer.locale, "wikis.manageTitle", { title: page.title }), path: pathOf(page), pageTitle: page.title,
    parentId: page.parentId, parents: tree.filter(({ id }) => !own.has(id)).map(({ id, title, depth }) => ({ id, title, depth })),
    belowCount: branch.filter(({ isRemoved }) => !isRemoved).length - 1, owner: owner?.username ?? "", verifiedUntil: page.verifiedUntil, isTemplate: page.isTemplate,
    rightsPath: isPart ? adminCategoryPath(page.categoryId, "rights") : null,
    may: { care: canCareFor(viewer, page).allowed, remove: canRemovePage(viewer, page).allowed, rights: canSetRights(viewer).allowed },
  };
});

export const action = defineAction({ params: pageParams, input: managePageInput }, async ({ viewer, params: { pageId }, input }) => {
  const actor = requireMember(viewer);
  if (input.intent === "own-rights") return redirect(adminCategoryPath(await giveOwnRights(actor, pageId), "rights"));
  if (input.intent === "inherit-rights") await inheritRights(actor, pageId, input);
  if (input.intent === "owner") await setOwner(actor, pageId, input.owner);
  if (input.intent === "verify") await verifyPage(actor, pageId, input.days);
  if (input.intent === "template") await markTemplate(actor, pageId, input.isTemplate);
  return redirect(`${pathOf(await accessPage(db, viewer, pageId), "manage")}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function ManagePageRoute() {
  return <ManagePage data={useLoaderData<typeof loader>()} problem={useActionData<typeof action>() as Problem | undefined} />;
}
