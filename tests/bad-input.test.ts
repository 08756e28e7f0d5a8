import { expect, test, vi } from "vitest";
import { acting, addressOf, build, patternOf, place, postForm } from "#tests/support/every-route.ts";
import type { Member } from "#app/core/viewer.ts";
import { origin, visit } from "#tests/support/visit.ts";

// Every address that takes something is asked nonsense of every kind, taken from the table of routes itself: a new one
// without a line here fails. Nothing of it may be an error of ours, and the server lives.

/** A right form, or several, for each route with an action, by its id: each field is then spoilt in turn. `null` takes no form. */
const forms: Record<string, Record<string, string> | Record<string, string>[] | null> = {
  "accounts/routes/ask-reset": { email: "a@example.com" },
  "accounts/routes/change-email": { current: "x", email: "a@example.com" },
  "accounts/routes/change-password": { current: "x", password: "a kettle of seven fish" },
  "accounts/routes/check-mail": {},
  "accounts/routes/confirm-email": {},
  "accounts/routes/preferences": { locale: "en", timeZone: "UTC", colourScheme: "dark", prefersPages: "on", hidesPresence: "on" },
  "accounts/routes/reset-password": { password: "a kettle of seven fish" },
  "accounts/routes/sessions": { session: "others" },
  "accounts/routes/setup": { username: "grete", email: "g@example.com", password: "a kettle of seven fish" },
  "accounts/routes/sign-in": { login: "grete", password: "a kettle of seven fish", next: "/" },
  "accounts/routes/sign-out": {},
  "accounts/routes/sign-up": { username: "grete", email: "g@example.com", password: "a kettle of seven fish", next: "/" },
  "blogs/routes/admin/blog": { name: "Blog", slug: "blog-x", description: "", voice: "team", owner: "" },
  "blogs/routes/admin/blog-authors": [{ intent: "add", username: "ada" }, { intent: "drop", memberId: "1" }],
  "blogs/routes/admin/new-blog": { divisionId: "1", name: "Blog", slug: "blog-new", description: "", voice: "person", owner: "ada" },
  "blogs/routes/article": { body: "x", replyToNumber: "1", draftId: "1", key: "x" },
  "blogs/routes/article-state": [{ intent: "schedule", at: "2030-01-01T10:00", zone: "Europe/Rome" }, { intent: "unschedule" }, { intent: "make-preview" }, { intent: "drop-preview" }, { intent: "publish" }, { intent: "unpublish" }, { intent: "remove", reason: "x" }, { intent: "restore" }],
  "blogs/routes/cover": null,
  "blogs/routes/edit-article": { title: "x", body: "y", knowsReaders: "on", excerpt: "", tags: "a, b", series: "S", part: "1", canonicalUrl: "https://a.example/x", cover: "", coverAlt: "", takesComments: "on", revision: "1", draftId: "1", key: "x", next: "read" },
  "blogs/routes/follow-blog": { on: "1" },
  "blogs/routes/history": { restore: "1", revision: "1" },
  "blogs/routes/new-article": { title: "x", body: "y", knowsReaders: "on", excerpt: "", tags: "a, b", series: "S", part: "1", canonicalUrl: "", cover: "", coverAlt: "", takesComments: "on", draftId: "1", key: "x", next: "read" },
  "community/routes/join-division": {},
  "community/routes/leave-division": {},
  "community/routes/group": [{ intent: "add", username: "ada" }, { intent: "remove", memberId: "1" }, { intent: "make-owner", memberId: "1" }, { intent: "join" }, { intent: "ask", message: "x" }, { intent: "withdraw" }, { intent: "leave" }],
  "community/routes/group-bans": [{ intent: "ban", username: "ada", reason: "x" }, { intent: "lift", memberId: "1" }],
  "community/routes/group-requests": [{ intent: "approve", requestId: "1", reason: "" }, { intent: "decline", requestId: "1", reason: "x" }],
  "community/routes/group-settings": [{ intent: "edit", name: "Owners", description: "", joining: "open", isListed: "on" }, { intent: "add-rule", domain: "acme.com" }, { intent: "end-rule", ruleId: "1" }],
  "community/routes/admin/category": { name: "Help", slug: "help", description: "", colour: "", icon: "message-circle", defaultKind: "question", allowedKinds: "question", readForFeedback: "on" },
  "community/routes/admin/category-rights": { intent: "preview", inherits: "on", "group-1": "see" },
  "community/routes/admin/delete-category": { confirm: "no" },
  "community/routes/admin/delete-division": { confirm: "no" },
  "community/routes/admin/division": { name: "Store", slug: "shop", tagline: "", description: "", accent: "#123456", menu: "Home | /" },
  "community/routes/admin/divisions": { name: "Store", slug: "store-two", tagline: "", description: "", accent: "#123456", menu: "Home | /" },
  "community/routes/admin/groups": { name: "Owners", description: "", joining: "request", isListed: "on" },
  "community/routes/admin/member": [{ intent: "suspend", days: "3", reason: "x" }, { intent: "label", label: "partner", title: "x" }, { intent: "grant", role: "editor", divisionId: "1" }],
  "community/routes/admin/move-category": { to: "d1", seen: "x" },
  "community/routes/admin/new-category": { name: "Help", slug: "help", description: "", colour: "", icon: "message-circle", defaultKind: "question", allowedKinds: "question", parentId: "" },
  "community/routes/admin/order-category": { direction: "up" },
  "community/routes/admin/order-division": { direction: "up" },
  "community/routes/admin/profile-fields": [{ intent: "create", name: "Town", hint: "", staffOnly: "on" }, { intent: "edit", fieldId: "1", name: "Town", hint: "" }, { intent: "up", fieldId: "1" }],
  "community/routes/admin/site": { name: "Site", tagline: "", welcome: "" },
  "discovery/routes/admin-searches": [{ intent: "add", words: "a, b" }, { intent: "remove", id: "1" }],
  "discovery/routes/search-opened": { key: "x" },
  "insights/routes/accounts": [
    { intent: "create", name: "Bakery", segment: "small", value: "1000", externalKey: "" }, { intent: "edit", accountId: "1", name: "Bakery", segment: "", value: "1", externalKey: "x" },
    { intent: "join", accountId: "1", username: "ada" }, { intent: "leave", memberId: "1" }, { intent: "delete", accountId: "1" },
  ],
  "notifications/routes/stop-mail": {},
  "notifications/routes/mail-settings": { decision: "on" },
  "insights/routes/accuracy": { intent: "go-back", learnedId: "1" },
  "insights/routes/brief": { areas: "1" },
  "insights/routes/capture": { quote: "Hello.", themeId: "", title: "x", kind: "feature", importance: "1", sure: "yes" },
  "insights/routes/glossary": [
    { intent: "create", name: "Heating", description: "", parentId: "", divisionId: "1", synonyms: "a, b", versions: "", stage: "active", step: "preview" },
    { intent: "edit", areaId: "1", name: "Heating", description: "", parentId: "1", divisionId: "", synonyms: "", versions: "1.2", stage: "active", step: "save" }, { intent: "archive", areaId: "1" },
  ],
  "insights/routes/saved-view": [{ intent: "save", name: "Mine", query: "?intent=bug" }, { intent: "delete", viewId: "1" }],
  "insights/routes/statement": { statementId: "1", to: "bug", sentiment: "negative", urgency: "high", areaId: "none", themeId: "1", next: "/" },
  "insights/routes/stop-brief": {},
  "insights/routes/theme": [
    { intent: "decide", state: "planned", reason: "x", tell: "on" }, { intent: "plan", ownerId: "1", dueOn: "2030-01-01", trackerUrl: "https://a.example" }, { intent: "rename", title: "x" },
    { intent: "merge", into: "1" }, { intent: "unmerge", mergeId: "1" }, { intent: "split", statements: "1", title: "x" },
  ],
  "insights/routes/weights": { valueUnit: "1000", "days-bug": "30" },
  "core/routes/preview": { body: "x", title: "y" },
  "core/routes/uploads": null,
  "forums/routes/acts/accept": { stay: "1" },
  "forums/routes/acts/archive": { on: "" },
  "forums/routes/acts/auto-close": { at: "2030-01-01T10:00" },
  "forums/routes/acts/banner": { on: "1" },
  "forums/routes/acts/close": { reason: "x" },
  "forums/routes/acts/discard-draft": {},
  "forums/routes/acts/dismiss-banner": { next: "/" },
  "forums/routes/acts/mark-all-read": { list: "new", categoryId: "1", divisionId: "1", tag: "x" },
  "forums/routes/acts/pin": { scope: "category", until: "2030-01-01" },
  "forums/routes/acts/react": { on: "like", stay: "1" },
  "forums/routes/acts/read-topic": { number: "1" },
  "forums/routes/acts/remove-topic": { reason: "x" },
  "forums/routes/acts/reopen": {},
  "forums/routes/acts/restore-post": {},
  "forums/routes/acts/restore-topic": {},
  "forums/routes/acts/status": { status: "planned", reason: "x" },
  "forums/routes/acts/unaccept": {},
  "forums/routes/acts/unlist": { on: "" },
  "forums/routes/acts/unpin": {},
  "forums/routes/acts/vote": { on: "1" },
  "forums/routes/draft": null,
  "forums/routes/edit-post": { body: "x", knowsReaders: "on", reason: "", stamp: "1.x", draftId: "1" },
  "forums/routes/edit-topic": { title: "x", kind: "question", tags: "a, b", categoryId: "1", reason: "" },
  "forums/routes/history": { revision: "1", stamp: "1.x" },
  "forums/routes/category-writing": { minimum: "1", "use-1": "required", "hint-question": "x", "body-question": "y" },
  "forums/routes/acts/order-tag-group": { direction: "up" },
  "forums/routes/tag-group": { intent: "edit", name: "Version", description: "", tags: "a, b", isSingle: "on" },
  "forums/routes/tag-groups": { name: "Version", description: "", tags: "a, b", isSingle: "on" },
  "forums/routes/manage-tag": { intent: "edit", name: "x", description: "", into: "y", word: "z" },
  "forums/routes/new-topic": { category: "1", kind: "question", title: "x", body: "y", tags: "a, b", draftId: "1", key: "x" },
  "forums/routes/remove-post": { reason: "x" },
  "purge-post": { reason: "x" },
  "purge-topic": { reason: "x" },
  "purge-version": { reason: "x" },
  "forums/routes/topic": { body: "x", knowsReaders: "on", replyToNumber: "1", draftId: "1", key: "x" },
  "notifications/routes/follow-category": { level: "watching" },
  "notifications/routes/follow-tag": { level: "watching" },
  "notifications/routes/follow-topic": { level: "watching" },
  "notifications/routes/read-all": {},
  "notifications/routes/read-one": {},
  "notifications/routes/seen": [{ articleId: "1" }, { pageId: "1" }],
  "outside/routes/feed-settings": [{ intent: "make", of: "/latest" }, { intent: "renew", addressId: "1" }, { intent: "revoke", addressId: "1" }],
  "profiles/routes/edit-profile": { name: "Ada", title: "", bio: "", location: "", website: "", links: "https://example.com", "field-1": "x" },
  "profiles/routes/picture": null,
  "profiles/routes/remove-picture": { what: "cover" },
  "profiles/routes/set-label": { label: "partner" },
  "wikis/routes/acts/follow": { level: "page" },
  "wikis/routes/acts/hide-revision": { revision: "1", hide: "1" },
  "wikis/routes/acts/place": { parentId: "1", beforeId: "1", next: "arrange" },
  "wikis/routes/acts/remove": { reason: "x", children: "take" },
  "wikis/routes/acts/restore": {},
  "wikis/routes/acts/revert": { revision: "1", base: "1" },
  "wikis/routes/acts/shift": { direction: "up", next: "page" },
  "wikis/routes/acts/verify": { days: "180" },
  "wikis/routes/admin-wiki": { name: "x", slug: "x-y", description: "", needsReview: "1" },
  "wikis/routes/admin-wikis": { name: "x", slug: "x-y", description: "", needsReview: "1", divisionId: "1", editors: "staff" },
  "wikis/routes/edit-page": { title: "x", body: "y", knowsReaders: "on", reason: "", isMinor: "1", intent: "draft", base: "1", draftId: "1" },
  "wikis/routes/manage-page": [{ intent: "owner", owner: "ada" }, { intent: "verify", days: "30" }, { intent: "template", isTemplate: "1" }],
  "wikis/routes/merge": { title: "x", reason: "", isMinor: "", intent: "publish", base: "1", step: "save", "piece-0": "x", "lead-1": "2", "theirs-1": "y", "mine-1": "z", "choice-1": "both" },
  "wikis/routes/new-page": { title: "x", body: "y", knowsReaders: "on", parentId: "1", isTemplate: "1", intent: "review", fromId: "1", draftId: "1", key: "x" },
  "wikis/routes/promote-into": { title: "x", body: "y", parentId: "1", isTemplate: "", intent: "draft", fromId: "", topicId: "1", postNumber: "2", knowsReaders: "1", draftId: "1", key: "x" },
  "wikis/routes/page": { body: "x", replyToNumber: "1", draftId: "1", key: "x" },
  "wikis/routes/review-page": [{ intent: "approve", revision: "2" }, { intent: "send-back", revision: "2", note: "x" }],
};

const deepList = ">".repeat(2000) + " deep";
const deepDocument = (() => {
  let node = '{"type":"paragraph"}';
  for (let depth = 0; depth < 2000; depth++) node = `{"type":"blockquote","content":[${node}]}`;
  return `{"type":"doc","content":[${node}]}`;
})();

/** What may stand in a field that should not. */
const nonsense: [string, string][] = [
  ["10,000 letters", "x".repeat(10_000)], ["300 kB", "x".repeat(300 * 1024)], ["nothing but blanks", " \u00a0\u2003\t "], ["-1", "-1"], ["0", "0"], ["2^63", "9223372036854775808"], ["beyond numbers", "1e400"],
  ["digits of another script", "１２"], ["abc", "abc"], ["quotes", `'";--\\`], ["turned writing", "\u202egpj.exe\u202c"], ["half a character", "%ED%A0%80"], ["private signs", "\ue000\ufdd0\u{10ffff}"],
  ["a prototype", "__proto__"], ["half a document", '{"type":"doc","content":['], ["a document of nothing", '{"type":"doc","content":[null,1,"x",[],{}]}'], ["a document with a list for a type", '{"type":["doc"]}'],
  ["2,000 quotes in each other", deepList], ["2,000 quotes in each other as a document", deepDocument], ["a date that is none", "2026-02-31T25:61"], ["a path elsewhere", "//evil.test\\@x"],
];

/** Those that each field is given alone, the others being right: what gets past the first check must not break the second. */
const telling = new Set(["10,000 letters", "-1", "2^63", "turned writing", "half a document", "2,000 quotes in each other as a document", "a date that is none"]);

/** Whole bodies that are no form. */
const bodies: [string, string, string][] = [
  ["JSON", "application/json", "{}"], ["half of JSON", "application/json", '{"a":'], ["text", "text/plain", "body=x"], ["XML", "application/xml", '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'],
  ["multipart without a boundary", "multipart/form-data", "x"], ["multipart that never ends", "multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nx'],
  ["multipart of files", "multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="body"; filename="a"\r\n\r\nx\r\n--x--\r\n'], ["a type that is none", "; ; =", "body=x"],
  ["percent signs", "application/x-www-form-urlencoded", "%&%%%=%zz&=&&a"], ["a zero", "application/x-www-form-urlencoded", "body=a%00b&title=%00&name=%00"],
];

vi.setConfig({ testTimeout: 240_000 });

test("every route that takes something is on the list", () => {
  expect(Object.keys(forms).sort()).toEqual(acting.map(({ id }) => id).sort());
});

test.each(acting.map(({ id }) => id))("%s answers nonsense with a refusal, not an error", async (id) => {
  const { cookie, params } = await place();
  const page = addressOf(patternOf(id), params);
  // The data of a page is what its action answers; the page around it is drawn in the tests below.
  const address = build.routes[id]!.module.default ? `${page}.data` : page;
  const errors: string[] = [];
  const accepted: string[] = [];
  const tried = async (what: string, status: Promise<number>) => {
    const answered = await status;
    if (answered >= 500) errors.push(`${what}: ${answered}`);
    if (answered < 400) accepted.push(what);
  };

  for (const [what, type, body] of bodies) await tried(what, postForm(address, cookie, body, type));
  await tried("no fields", postForm(address, cookie, ""));
  for (const form of [forms[id] ?? {}].flat()) {
    for (const name of Object.keys(form)) {
      const others = Object.entries(form).filter(([other]) => other !== name);
      const spoilt = (value: string) => new URLSearchParams([...others, [name, value]]);
      const list = new URLSearchParams([...others, [name, form[name]!], [name, form[name]!]]);
      await tried(`${name} as a list`, postForm(address, cookie, list));
      await tried(`${name} as an object`, postForm(address, cookie, new URLSearchParams([...others, [`${name}[x]`, form[name]!]])));
      await Promise.all(nonsense.filter(([what]) => telling.has(what)).map(([what, value]) => tried(`${name}: ${what}`, postForm(address, cookie, spoilt(value)))));
    }
    const names = Object.keys(form);
    for (const [what, value] of names.length > 0 ? nonsense : []) {
      // As it stands, so that percent signs stay what they are.
      await tried(`everywhere: ${what}`, postForm(address, cookie, names.map((name) => `${name}=${what === "half a character" ? value : encodeURIComponent(value)}`).join("&")));
    }
  }

  expect(errors).toEqual([]);
  // Where a text is wanted, two are refused. Fields that a route does not know, or lists it takes, are its own affair.
  expect(accepted.filter((what) => /JSON|XML|boundary|never ends|files|type that is none/.test(what))).toEqual([]);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
});

/** What had been typed, as it must stand on the page that refuses it. */
const kept: [string, (there: { params: Record<string, string> }) => string, Record<string, string>, string[]][] = [
  ["a reply that is too deep", ({ params }) => `/t/${params.slug}/${params.topicId}`, { body: deepList }, [">".repeat(50).replaceAll(">", "&gt;")]],
  ["a topic without a title", () => "/new-topic", { category: "1", kind: "idea", title: "", body: "What I had typed", tags: "first, second" }, ["What I had typed", "first, second"]],
  ["a topic with too many tags", () => "/new-topic", { category: "1", kind: "idea", title: "My title", body: "What I had typed", tags: "a,b,c,d,e,f" }, ["What I had typed", "My title", "a,b,c,d,e,f"]],
  ["an edit with too long a reason", ({ params }) => `/t/${params.slug}/${params.topicId}/2/edit`, { body: "What I had typed", reason: "because ".repeat(60), stamp: "x" }, ["What I had typed", "because because"]],
  ["a profile with a bad address", () => "/settings/profile", { name: "Ada", title: "What I had typed", bio: "And more", location: "", website: "javascript:alert(1)" }, ["What I had typed", "And more", "javascript:alert(1)"]],
  ["an account with a bad name", () => "/sign-up", { username: "a b", email: "what@example.com", password: "a kettle of seven fish" }, ["a b", "what@example.com"]],
  ["a division with a bad colour", () => "/admin/divisions", { name: "What I had typed", slug: "x", tagline: "", description: "And more", accent: "red", menu: "" }, ["What I had typed", "And more"]],
  ["a close with too long a reason", ({ params }) => `/t/${params.slug}/${params.topicId}/close`, { reason: "because ".repeat(60) }, []],
];

test.each(kept)("%s is refused with everything that was typed", async (what, at, form, words) => {
  const there = await place();
  const as: Member | undefined = what.startsWith("an account") ? undefined : there.owner;
  const answer = await visit(at(there), { as, form });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  for (const typed of words) expect(page, typed).toContain(typed);
  expect(page).not.toContain("a kettle of seven fish");
});

test("acts that have no page of their own say what is wrong, to scripts and to browsers without them", async () => {
  const { cookie, params } = await place();
  const topic = `/t/${params.slug}/${params.topicId}`;
  for (const [address, form] of [["/mark-all-read", { list: "everything" }], [`${topic}/follow`, { level: "loudly" }], [`/c/x/${params.categoryId}/follow`, { level: "loudly" }], [`${topic}/pin`, { scope: "world", until: "" }], [`${topic}/2/react`, { on: "hate" }]] as const) {
    for (const each of [address, `${address}.data`]) {
      const answer = await visit(each, { cookie, form });
      expect([each, answer.status]).toEqual([each, 422]);
      expect(await answer.text(), each).toMatch(/correct the marked|is not possible|not valid|Please/i);
    }
  }
});
