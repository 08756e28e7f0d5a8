import type { AppLoadContext } from "@remix-run/node";
import { config } from "#app/core/config.ts";
import { translate } from "#app/core/messages.ts";
import { speakerName } from "#app/core/speaker.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { profilePath } from "#app/profiles/paths.ts";
import type { SpeakerLabel } from "#db/schema/accounts.ts";

// What a page says of itself in the words of schema.org. It is handed to the rendering beside the page's data, so that no
// browser has to load it twice; and said to guests only, as who crawls the web is one.

/** A name and where it leads. */
export type Crumb = [name: string, path: string];

/** `label` says for whom they speak. */
type Person = { name: string; username: string; label?: SpeakerLabel | null };

/** Longer texts are cut: who wants them whole has the page. */
export const TEXT_LENGTH = 5000;

export const whole = (path: string) => (path.startsWith("/") ? config.baseUrl + path : path);

/** Hands something of schema.org to the rendering, if the viewer is a guest. */
export function describe(viewer: Viewer, context: AppLoadContext, thing: Record<string, unknown>): void {
  if (viewer.kind === "guest") (context.structured ??= []).push({ "@context": "https://schema.org", ...thing });
}

/** Where a page stands, from the outermost place to itself. */
export function describePlaces(viewer: Viewer, context: AppLoadContext, crumbs: Crumb[]): void {
  describe(viewer, context, { "@type": "BreadcrumbList", itemListElement: crumbs.map(([name, path], at) => ({ "@type": "ListItem", position: at + 1, name, item: whole(path) })) });
}

export function person({ name, username, label }: Person) {
  return { "@type": "Person", name: name.trim() || username, url: whole(profilePath(username)), jobTitle: label ? translate("en", `ui.${label}`) : undefined };
}

export function counter(type: "LikeAction" | "CommentAction" | "WriteAction", count: number) {
  return { "@type": "InteractionCounter", interactionType: `https://schema.org/${type}`, userInteractionCount: count };
}

type ShownProfile = { id: number; username: string; name: string; bio: string; title: string; label: SpeakerLabel | null; avatarFileId: number | null; createdAt: Date };

/** @param counts of what guests may see of it */
export function describeProfile(viewer: Viewer, context: AppLoadContext, profile: ShownProfile, counts: { topics: number; posts: number }): void {
  const { id, username, name, bio, title, label, avatarFileId, createdAt } = profile;
  describe(viewer, context, {
    "@type": "ProfilePage", dateCreated: createdAt.toISOString(),
    mainEntity: {
      ...person({ name, username }), identifier: String(id), alternateName: username, description: bio || undefined, jobTitle: title ? speakerName({ name: title, label }, "en") : person(profile).jobTitle,
      image: avatarFileId ? whole(`/avatars/${avatarFileId}/240`) : undefined, agentInteractionStatistic: counter("WriteAction", counts.topics + counts.posts),
    },
  });
}

/** JSON that can stand in a script of a page: nothing in it can end that, whatever somebody called their topic. */
export function structuredScript(things: object[]): string {
  const json = (thing: object) => JSON.stringify(thing).replace(/[&<>\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return things.map((thing) => `<script type="application/ld+json">${json(thing)}</script>`).join("");
}
