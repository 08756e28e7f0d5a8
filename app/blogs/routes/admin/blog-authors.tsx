import { redirect } from "@remix-run/node";
import { requireAdmin } from "#app/community/require-admin.ts";
import { defineAction, leadTo } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { blogAuthorInput, blogIdParams } from "../../inputs.ts";
import { addAuthor, dropAuthor } from "../../manage-blogs.ts";
import { adminBlogPath } from "../../paths.ts";

export const loader = leadTo({ params: blogIdParams }, ({ viewer, params }) => {
  requireAdmin(viewer);
  return adminBlogPath(params.blogId);
});

export const action = defineAction({ params: blogIdParams, input: blogAuthorInput }, async ({ viewer, params: { blogId }, input }) => {
  const admin = requireAdmin(viewer);
  await (input.intent === "add" ? addAuthor(admin, blogId, input.username) : dropAuthor(admin, blogId, input.memberId));
  return redirect(`${adminBlogPath(blogId)}?saved`);
});

export const shouldRevalidate = staysWhenSignedOut;

export default RefusedAct;
