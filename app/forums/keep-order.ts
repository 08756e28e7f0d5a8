import { record, type TopicChange } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import type { IdeaStatus, PinScope, Topic } from "#db/schema/forums.ts";
import { closeTopicAt } from "./auto-close.ts";
import { changeTopic, lockTopic, ofTopic } from "./lock-topic.ts";
import { canModerate, canPin, canSetIdeaStatus } from "./policy.ts";
import type { AccessedTopic } from "./topics.ts";

// What those who keep order do to a topic. Doing again what is done already changes nothing and says nothing.

/** Keeps a topic on top of its category, its division or the site, until taken down or a moment. */
export function pinTopic(actor: Member, topicId: number, { scope, until }: { scope: PinScope; until: Date | null }) {
  return act(actor, topicId, async (tx, topic) => {
    enforce(canPin(actor, topic, scope));
    await change(tx, actor, topic, "pinned", { pinScope: scope, pinnedUntil: until });
  });
}

export function unpinTopic(actor: Member, topicId: number) {
  return act(actor, topicId, async (tx, topic) => {
    enforce(canPin(actor, topic, topic.pinScope ?? "category"));
    if (topic.pinScope) await change(tx, actor, topic, "unpinned", { pinScope: null, pinnedUntil: null, bannerAt: null });
  });
}

/** Shows a topic above every page of the scope it is pinned in; one that is not pinned yet is pinned in its division. */
export function setBanner(actor: Member, topicId: number, { on }: { on: boolean }) {
  return act(actor, topicId, async (tx, topic) => {
    const scope = topic.pinScope ?? "division";
    enforce(canPin(actor, topic, scope));
    if (on === (topic.bannerAt !== null)) return;
    await change(tx, actor, topic, "banner", on ? { bannerAt: new Date(), pinScope: scope } : { bannerAt: null });
  });
}

export function closeTopic(actor: Member, topicId: number, { reason }: { reason: string }) {
  return act(actor, topicId, async (tx, topic) => {
    enforce(canModerate(actor, topic));
    if (!topic.lockedAt) await change(tx, actor, topic, "closed", { lockedAt: new Date(), lockedReason: reason, autoCloseAt: null });
  });
}

export function reopenTopic(actor: Member, topicId: number) {
  return act(actor, topicId, async (tx, topic) => {
    enforce(canModerate(actor, topic));
    if (topic.lockedAt) await change(tx, actor, topic, "reopened", { lockedAt: null, lockedReason: "" });
  });
}

/** Sets the moment at which a topic closes by itself, with what its readers are told then, or takes it back. */
export function setAutoClose(actor: Member, topicId: number, { at, reason = "" }: { at: Date | null; reason?: string }) {
  return act(actor, topicId, async (tx, topic) => {
    enforce(canModerate(actor, topic));
    await changeTopic(tx, topicId, { autoCloseAt: at, ...(!topic.lockedAt && { lockedReason: at ? reason : "" }) });
    if (at) await closeTopicAt(tx, topicId, actor.id, at);
  });
}

/** Takes a topic out of every list; who has its address still reads it. */
export function unlistTopic(actor: Member, topicId: number, { on }: { on: boolean }) {
  return act(actor, topicId, async (tx, topic) => {
    enforce(canModerate(actor, topic));
    if (on !== (topic.unlistedAt !== null)) await change(tx, actor, topic, on ? "unlisted" : "listed", { unlistedAt: on ? new Date() : null });
  });
}

/** Freezes a topic: kept to read, nothing in it changes any more. */
export function archiveTopic(actor: Member, topicId: number, { on }: { on: boolean }) {
  return act(actor, topicId, async (tx, topic) => {
    enforce(canModerate(actor, topic));
    if (on !== (topic.archivedAt !== null)) await change(tx, actor, topic, on ? "archived" : "unarchived", { archivedAt: on ? new Date() : null });
  });
}

/** Says where an idea stands, and why. */
export function setIdeaStatus(actor: Member, topicId: number, { status, reason }: { status: IdeaStatus; reason: string }) {
  return act(actor, topicId, async (tx, topic) => {
    enforce(canSetIdeaStatus(actor, topic));
    if (status === topic.ideaStatus && reason === topic.ideaStatusReason) return;
    await change(tx, actor, topic, "status", { ideaStatus: status, ideaStatusReason: reason });
  });
}

function act(actor: Member, topicId: number, write: (tx: Tx, topic: AccessedTopic) => Promise<void>): Promise<AccessedTopic> {
  return db.transaction(async (tx) => {
    const topic = await lockTopic(tx, actor, topicId);
    await write(tx, topic);
    return topic;
  });
}

async function change(tx: Tx, actor: Member, topic: AccessedTopic, what: TopicChange, values: Partial<Topic>): Promise<void> {
  await changeTopic(tx, topic.id, values);
  await record(tx, { type: "topic.changed", ...ofTopic(topic), actorId: actor.id, change: what });
}
