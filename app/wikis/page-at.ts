import { redirect } from "@remix-run/node";
import type { z } from "zod";
import { cameWithForm, defineAction, leadTo } from "#app/core/http.ts";
import { requireMember, type Member, type Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { pageParams } from "./inputs.ts";
import { accessPage, type AccessedPage } from "./pages.ts";
import { pathOf } from "./paths.ts";

type PageParams = z.infer<typeof pageParams>;

/** The page an address means. A slug or wiki that is not its own is redirected, after access: the right one says what a hidden page is about. */
export async function pageAt(viewer: Viewer, { wiki, slug, pageId }: PageParams, request: Request): Promise<AccessedPage> {
  const page = await accessPage(db, viewer, pageId);
  // Behind an act that was refused, a step to the right name would lose what was typed.
  if ((wiki === page.wiki.slug && slug === page.slug) || cameWithForm(request)) return page;
  const { pathname, search } = new URL(request.url);
  const rest = pathname.split("/").slice(4).join("/");
  throw redirect(pathOf(page, rest) + search, 301);
}

/** The loader of a route that is only an act on a page. */
export const toThePage = leadTo({ params: pageParams }, async ({ viewer, params: { pageId } }) => pathOf(await accessPage(db, viewer, pageId)));

/** Its action: does something with a page and leads back to it, or to where `place` says. */
export function pageAct<Input>(input: z.ZodType<Input>, act: (actor: Member, pageId: number, input: Input) => Promise<string | AccessedPage>) {
  return defineAction({ params: pageParams, input }, async ({ viewer, params: { pageId }, input: sent }) => {
    const done = await act(requireMember(viewer), pageId, sent);
    return redirect(typeof done === "string" ? done : pathOf(done));
  });
}
