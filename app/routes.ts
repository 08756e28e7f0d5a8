import { index, route, type RouteConfig } from "@remix-run/route-config";

/** Every address of the community, and the file that answers it. */
export default [
  // Discovery
  index("discovery/routes/home.tsx"),
  route("search", "discovery/routes/search.tsx"),
  route("search/suggest", "discovery/routes/suggest.ts"),
  ...["latest", "new", "unread", "top", "unanswered", "mine"].map((list) => route(list, "discovery/routes/topics.tsx", { id: `list-${list}` })),

  // Accounts
  route("sign-in", "accounts/routes/sign-in.tsx"),
  route("sign-out", "accounts/routes/sign-out.tsx"),
  route("sign-up", "accounts/routes/sign-up.tsx"),
  route("check-mail", "accounts/routes/check-mail.tsx"),
  route("confirm-email/:token", "accounts/routes/confirm-email.tsx"),
  route("reset-password", "accounts/routes/ask-reset.tsx"),
  route("reset-password/:token", "accounts/routes/reset-password.tsx"),
  route("setup/:token", "accounts/routes/setup.tsx"),
  route("settings", "accounts/routes/settings.tsx", [
    index("accounts/routes/settings-index.tsx"),
    route("profile", "profiles/routes/edit-profile.tsx"),
    route("profile/remove-picture", "profiles/routes/remove-picture.tsx"),
    route("account", "accounts/routes/account.tsx"),
    route("account/email", "accounts/routes/change-email.tsx"),
    route("account/password", "accounts/routes/change-password.tsx"),
    route("sessions", "accounts/routes/sessions.tsx"),
    route("preferences", "accounts/routes/preferences.tsx"),
  ]),

  // Profiles
  route("u/:username/:tab?", "profiles/routes/profile.tsx"),
  route("u/:username/label", "profiles/routes/set-label.tsx"),

  // Community: divisions, categories, administration
  route("manifest.webmanifest", "community/routes/manifest.ts"),
  route("divisions", "community/routes/divisions.tsx"),
  route("d/:division", "community/routes/division.tsx"),
  route("d/:division/join", "community/routes/join-division.ts"),
  route("d/:division/leave", "community/routes/leave-division.ts"),
  route("groups/:groupId", "community/routes/group.tsx"),
  route("admin", "community/routes/admin/overview.tsx"),
  route("admin/divisions", "community/routes/admin/divisions.tsx"),
  route("admin/divisions/:divisionId", "community/routes/admin/division.tsx"),
  route("admin/divisions/:divisionId/order", "community/routes/admin/order-division.ts"),
  route("admin/divisions/:divisionId/delete", "community/routes/admin/delete-division.tsx"),
  route("admin/divisions/:divisionId/categories/new", "community/routes/admin/new-category.tsx"),
  route("admin/categories/:categoryId", "community/routes/admin/category.tsx"),
  route("admin/categories/:categoryId/rights", "community/routes/admin/category-rights.tsx"),
  route("admin/categories/:categoryId/move", "community/routes/admin/move-category.tsx"),
  route("admin/categories/:categoryId/order", "community/routes/admin/order-category.ts"),
  route("admin/categories/:categoryId/delete", "community/routes/admin/delete-category.tsx"),
  route("admin/groups", "community/routes/admin/groups.tsx"),
  route("admin/members", "community/routes/admin/members.tsx"),
  route("admin/members/:memberId", "community/routes/admin/member.tsx"),
  route("admin/profile-fields", "community/routes/admin/profile-fields.tsx"),
  route("admin/site", "community/routes/admin/site.tsx"),
  route("admin/audit", "community/routes/admin/audit.tsx"),

  // Forums
  route("t/:slug/:topicId/:postNumber?", "forums/routes/topic.tsx"),
  route("t/:slug/:topicId/:postNumber/react", "forums/routes/acts/react.ts"),
  route("t/:slug/:topicId/:postNumber/accept", "forums/routes/acts/accept.ts"),
  route("t/:slug/:topicId/:postNumber/unaccept", "forums/routes/acts/unaccept.ts"),
  route("t/:slug/:topicId/:postNumber/restore", "forums/routes/acts/restore-post.ts"),
  route("t/:slug/:topicId/vote", "forums/routes/acts/vote.ts"),
  route("t/:slug/:topicId/status", "forums/routes/acts/status.ts"),
  route("t/:slug/:topicId/pin", "forums/routes/acts/pin.ts"),
  route("t/:slug/:topicId/unpin", "forums/routes/acts/unpin.ts"),
  route("t/:slug/:topicId/banner", "forums/routes/acts/banner.ts"),
  route("t/:slug/:topicId/close", "forums/routes/acts/close.ts"),
  route("t/:slug/:topicId/reopen", "forums/routes/acts/reopen.ts"),
  route("t/:slug/:topicId/auto-close", "forums/routes/acts/auto-close.ts"),
  route("t/:slug/:topicId/unlist", "forums/routes/acts/unlist.ts"),
  route("t/:slug/:topicId/archive", "forums/routes/acts/archive.ts"),
  route("t/:slug/:topicId/remove", "forums/routes/acts/remove-topic.ts"),
  route("t/:slug/:topicId/restore", "forums/routes/acts/restore-topic.ts"),
  route("t/:slug/:topicId/read", "forums/routes/acts/read-topic.ts"),
  route("c/:slug/:categoryId", "forums/routes/category.tsx"),
  route("tags", "forums/routes/tags.tsx"),
  route("tag/:name", "forums/routes/tag.tsx"),
  route("tag/:name/manage", "forums/routes/manage-tag.tsx"),
  route("new-topic", "forums/routes/new-topic.tsx"),
  route("tag-suggestions", "forums/routes/tag-suggestions.ts"),
  route("drafts", "forums/routes/drafts.tsx"),
  route("drafts/:key", "forums/routes/draft.ts"),
  route("drafts/:draftId/discard", "forums/routes/acts/discard-draft.ts"),
  route("mark-all-read", "forums/routes/acts/mark-all-read.ts"),

  // Notifications

  // Files and writing
  route("files/:key/:name", "core/routes/file.ts"),
  route("avatars/:fileId/:size", "core/routes/avatar.ts"),
  route("uploads", "core/routes/uploads.ts"),
  route("preview", "core/routes/preview.tsx"),
  route("autocomplete/members", "core/routes/autocomplete-members.ts"),
  route("autocomplete/emoji", "core/routes/autocomplete-emoji.ts"),
  // What nothing above answers
  route("*", "community/routes/not-found.tsx"),
] satisfies RouteConfig;
