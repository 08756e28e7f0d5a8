import { Form, Link, useLocation } from "@remix-run/react";
import { Icon } from "#app/ui/icon.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { Place } from "#app/ui/shell/place.ts";
import type { Banner } from "../banners.ts";
import en from "../messages/en.json";
import { topicPath } from "../paths.ts";

/** What those who keep order want everyone here to see, until they have: one line each, above the page. */
export function BannerStrip({ banners, place }: { banners: Banner[]; place: Place | null }) {
  const t = useT("forums", en);
  const { pathname, search } = useLocation();
  const shown = banners.filter((banner) => belongs(banner, place) && !pathname.startsWith(`${topicPath(banner)}`));
  if (shown.length === 0) return null;
  return (
    <section aria-label={t("banners")} className="mb-6 space-y-2 print:hidden">
      {shown.map((banner) => (
        <div key={banner.id} className="flex items-start gap-3 rounded-md border border-accent/30 bg-accent-soft py-1.5 pr-1.5 pl-4 text-sm">
          <Icon name="megaphone" size={18} className="mt-2 text-accent-strong" />
          <p className="min-w-0 flex-1 py-1.5"><Link to={topicPath(banner)} className="font-semibold text-ink hover:underline">{banner.title}</Link>{banner.excerpt && <span className="line-clamp-1 text-ink-soft">{banner.excerpt}</span>}</p>
          <Form method="post" action={`${topicPath(banner)}/dismiss`} preventScrollReset>
            <input type="hidden" name="next" value={pathname + search} />
            <button className="inline-flex size-9 items-center justify-center rounded-md text-ink-soft hover:bg-surface hover:text-ink touch:size-11" aria-label={t("dismissBanner", { title: banner.title })} title={t("dismiss")}><Icon name="x" size={17} /></button>
          </Form>
        </div>
      ))}
    </section>
  );
}

function belongs({ scope, divisionId, categoryId }: Banner, place: Place | null): boolean {
  if (scope === "site") return true;
  return scope === "division" ? place?.divisionId === divisionId : place?.categoryId === categoryId;
}
