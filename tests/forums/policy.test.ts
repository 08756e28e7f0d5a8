import { expect, test } from "vitest";
import { guest, type Member } from "#app/core/viewer.ts";
import { canCreateTopic, canReply } from "#app/forums/policy.ts";

const member: Member = {
  kind: "member", id: 1, username: "ada", name: "Ada", label: null, avatarFileId: null, roles: [], isVerified: true, suspendedUntil: null,
  locale: "en", timeZone: "UTC", colourScheme: "system", prefersPages: false, hidesPresence: false,
};
const moderator: Member = { ...member, roles: [{ role: "moderator", divisionId: null }] };
const elsewhere: Member = { ...member, roles: [{ role: "moderator", divisionId: 2 }] };
const unverified: Member = { ...member, isVerified: false };
const suspended: Member = { ...member, suspendedUntil: new Date("2999-01-01") };
const back: Member = { ...member, suspendedUntil: new Date("2000-01-01") };
const place = { divisionId: 1, archivedAt: null };
const open = { ...place, lockedAt: null, level: "reply" } as const;
const locked = { ...place, lockedAt: new Date(), level: "reply" } as const;
const readOnly = { ...place, lockedAt: null, level: "see" } as const;

test.each([
  ["a guest", guest, open, "forums.signInToReply"],
  ["a member", member, open, null],
  ["a member whose groups may only read", member, readOnly, "forums.mayOnlyRead"],
  ["a member, locked", member, locked, "forums.topicLocked"],
  ["a moderator, locked", moderator, locked, null],
  ["a moderator of another division, locked", elsewhere, locked, "forums.topicLocked"],
  ["someone whose address is not confirmed", unverified, open, "forums.unverified"],
  ["someone suspended", suspended, open, "forums.suspended"],
  ["someone whose suspension is over", back, open, null],
])("replying: %s", (_who, viewer, topic, refusal) => {
  const decision = canReply(viewer, topic);
  expect(decision.allowed ? null : decision.reason).toBe(refusal);
});

test.each([
  ["a guest", guest, "create", "forums.signInToCreate"],
  ["a member who may only reply", member, "reply", "forums.mayNotCreate"],
  ["a member who may", member, "create", null],
] as const)("starting a topic: %s", (_who, viewer, level, refusal) => {
  const decision = canCreateTopic(viewer, { level, divisionId: 1 });
  expect(decision.allowed ? null : decision.reason).toBe(refusal);
});
