import { useLocation, useMatches, useRouteError } from "@remix-run/react";
import { DEFAULT_ACCENT } from "./accent.ts";
import { cardVersion } from "./card-version.ts";
import { feedFormats } from "./feed-formats.ts";
import { divisionOf, unpackShell, type PackedShell, type Place } from "./shell/place.ts";
import { canonicalPath, isWorthFinding } from "./worth-finding.ts";

/** What a page says of itself to programs. Its loader answers it as `found`; all of it is what the viewer sees anyway. */
export type Found = {
  /** The address under which it should be known, where that is not its own. */
  canonical?: string;
  /** Feeds of what it shows, as paths without their ending. */
  feeds?: { path: string; title: string }[];
  card?: Card;
};

/** How it looks where somebody shares a link to it. */
export type Card = {
  kind: "website" | "article" | "profile";
  title: string;
  description?: string;
  /** A path, or an address elsewhere. */
  image?: { href: string; alt: string; width?: number | null; height?: number | null };
  /** Of what a picture is drawn where there is none: see app/outside/cards. Its title is that of the card. */
  drawn?: { kind: "topic" | "article" | "page" | "member"; id: number; /** Where it is, in words. */ place: string };
  publishedAt?: Date | string | null;
  editedAt?: Date | string | null;
  author?: string;
  tags?: string[];
};

type LeafData = { found?: Found; title?: string; place?: Place } | undefined;
type RootData = PackedShell & { baseUrl: string } | undefined;

/** The address under which a page is to be known, its feeds and its card: in the head of every page that is worth finding. */
export function FoundTags() {
  const matches = useMatches();
  const { pathname, search } = useLocation();
  const error = useRouteError();
  const root = matches.find(({ id }) => id === "root")?.data as RootData;
  const leaf = matches.at(-1)?.data as LeafData;
  if (!root || !leaf || error || !isWorthFinding(pathname + search)) return null;
  const { found = {}, title } = leaf;
  const whole = (path: string) => (path.startsWith("/") ? root.baseUrl + path : path);
  const canonical = whole(found.canonical ?? canonicalPath(pathname + search));
  const card: Card = found.card ?? { kind: "website", title: title || root.site.tagline || root.site.name };
  const image = card.image ?? drawnImage(card, root, leaf.place);
  return (
    <>
      <link rel="canonical" href={canonical} />
      {found.feeds?.flatMap(({ path, title }) => feedFormats.map(({ ending, type }) => <link key={path + ending} rel="alternate" type={type} title={title} href={`${root.baseUrl}${path}.${ending}`} />))}
      <meta property="og:site_name" content={root.site.name} />
      <meta property="og:type" content={card.kind} />
      <meta property="og:title" content={card.title} />
      <meta property="og:url" content={canonical} />
      {card.description && <meta property="og:description" content={card.description.slice(0, 300)} />}
      <meta property="og:image" content={whole(image?.href ?? "/icon-512.png")} />
      {image?.width && image.height && <><meta property="og:image:width" content={String(image.width)} /><meta property="og:image:height" content={String(image.height)} /></>}
      {image?.alt && <meta property="og:image:alt" content={image.alt} />}
      <meta name="twitter:card" content={image && (card.kind === "article" || !card.image) ? "summary_large_image" : "summary"} />
      {card.kind === "article" && <ArticleTags card={card} />}
    </>
  );
}

/** What app/outside/routes/card.ts draws, under the name of just these words. */
function drawnImage({ title, drawn }: Card, root: PackedShell, place: Place | undefined): Card["image"] {
  if (!drawn) return undefined;
  const accent = divisionOf(unpackShell(root), place ?? null)?.accent ?? DEFAULT_ACCENT;
  const site = root.site.name;
  return { href: `/cards/${drawn.kind}/${drawn.id}/${cardVersion({ title, place: drawn.place, accent, site })}.png`, alt: `${title} · ${site}`, width: 1200, height: 630 };
}

function ArticleTags({ card: { publishedAt, editedAt, author, tags } }: { card: Card }) {
  return (
    <>
      {publishedAt && <meta property="article:published_time" content={new Date(publishedAt).toISOString()} />}
      {editedAt && <meta property="article:modified_time" content={new Date(editedAt).toISOString()} />}
      {author && <meta property="article:author" content={author} />}
      {tags?.map((tag) => <meta key={tag} property="article:tag" content={tag} />)}
    </>
  );
}
