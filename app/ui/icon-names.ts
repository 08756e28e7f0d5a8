/** The icons in public/icons.svg, by their Lucide names. */
export const iconNames = [
  "newspaper", "archive", "arrow-down", "arrow-left", "arrow-right", "arrow-up", "at-sign", "bell", "bell-off", "bike", "bold", "book-open",
  "bookmark", "bug", "calendar", "check", "check-circle-2", "chevron-down", "chevron-left", "chevron-right", "chevron-up", "circle",
  "circle-help", "clock", "code", "copy", "corner-down-right", "ellipsis", "eraser", "external-link", "eye", "eye-off", "file-text", "filter", "flag",
  "folder", "globe", "grip-vertical", "hash", "heading-2", "heading-3", "heart", "history", "home", "image", "inbox", "info", "italic", "keyboard",
  "laugh", "layers", "lightbulb", "link", "list", "list-checks", "list-ordered", "lock", "lock-open", "log-in", "log-out", "mail", "map-pin", "megaphone", "menu", "message-circle",
  "message-square", "message-square-reply", "messages-square", "minus", "monitor", "moon", "palette", "party-popper", "pencil", "pin", "pin-off", "plus",
  "quote", "reply", "redo-2", "rocket", "rotate-ccw", "search", "send", "settings", "share-2", "shield", "smartphone", "smile", "sparkles", "square-code", "square-pen", "star", "strikethrough",
  "sun", "table", "tag", "thumbs-up", "trash-2", "triangle-alert", "trophy", "undo-2", "upload", "user", "user-plus", "users", "wrench", "x", "zap",
  "clipboard-check", "rss", "network", "git-compare", "calendar-clock", "list-tree", "folder-tree", "printer", "download", "file-plus", "files", "git-merge", "badge-check", "library", "pen-line",
] as const;

export type IconName = (typeof iconNames)[number];
