import { index, route, type RouteConfig } from "@remix-run/route-config";

/** Every address of the community, and the file that answers it. */
export default [
  // Discovery
  index("discovery/routes/home.tsx"),
  route("search", "discovery/routes/search.tsx"),
  route("search/suggest", "discovery/routes/suggest.ts"),

  // Accounts
  route("sign-in", "accounts/routes/sign-in.tsx"),
  route("sign-out", "accounts/routes/sign-out.tsx"),

  // Profiles

  // Community: divisions, categories, administration

  // Forums
  route("t/:slug/:topicId/:postNumber?", "forums/routes/topic.tsx"),

  // Notifications

  // Files
] satisfies RouteConfig;
