import { redirect } from "@remix-run/node";
import { defineAction, leadTo } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { RefusedAct } from "#app/ui/refused-act.tsx";
import { blogAt } from "../blog-for.ts";
import { blogParams, followInput } from "../inputs.ts";
import { followBlog } from "../manage-blogs.ts";
import { blogPath } from "../paths.ts";

export const loader = leadTo({ params: blogParams }, async ({ viewer, params, request }) => blogPath((await blogAt(viewer, params.blog, request)).slug));
export const action = defineAction({ params: blogParams, input: followInput }, async ({ viewer, params, input }) => redirect(blogPath((await followBlog(requireMember(viewer), params.blog, input)).slug)));
export default RefusedAct;
