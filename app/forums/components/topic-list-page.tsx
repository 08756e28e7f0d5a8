import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Room } from "#app/core/realtime-messages.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { ListPage } from "../list-page.ts";
import type { TopPeriod } from "../topic-candidates.ts";
import en from "./words.ts";
import { DensitySwitch } from "./density-switch.tsx";
import { EmptyList } from "./empty-list.tsx";
import { ListTabs } from "./list-tabs.tsx";
import { LiveList } from "./live-list.tsx";
import { TopicList } from "./topic-list.tsx";

const periods: TopPeriod[] = ["week", "month", "year", "all"];

type TopicListPageProps = {
  page: ListPage;
  /** The page whose lists they are; the whole site's have addresses of their own. */
  base?: string;
  /** For "mark all read": the place it is about. */
  placeFields?: Record<string, string | number>;
  showCategory?: boolean;
  newTopicHref?: string | null;
  empty?: ReactNode;
  /** Where changes to it are told; the whole site's unless it is of one place. */
  room?: Room | null;
};

/** The tabs of a place with the list they lead to: the same on every page that shows topics. */
export function TopicListPage({ page, base, placeFields = {}, showCategory, newTopicHref, empty, room = "lists" }: TopicListPageProps) {
  const t = useT("forums", en);
  const { sort, list, period, counts, inPages, isMember } = page;
  const here = base ? `${base}?list=top&` : "/top?";
  return (
    <>
      <div className="flex items-end border-b border-line">
        <ListTabs current={sort} counts={counts} base={base} className="min-w-0 flex-1 border-b-0!" />
        <DensitySwitch />
      </div>
      {period && (
        <nav aria-label={t("topPeriod")} className="flex flex-wrap gap-1 py-3">
          {periods.map((each) => (
            <Link key={each} to={`${here}period=${each}`} aria-current={each === period ? "page" : undefined} className={cx(buttonClass("quiet", "small"), each === period && "bg-sunken text-ink!")}>{t(`period.${each}`)}</Link>
          ))}
        </nav>
      )}
      {(sort === "new" || sort === "unread") && list.topics.length > 0 && (
        <Form method="post" action="/mark-all-read" className="flex justify-end py-3">
          <input type="hidden" name="list" value={sort} />
          {Object.entries(placeFields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
          <Button look="quiet" size="small"><Icon name="check" size={16} />{t(sort === "new" ? "markAllSeen" : "markAllRead")}</Button>
        </Form>
      )}
      <div className={period || ((sort === "new" || sort === "unread") && list.topics.length > 0) ? "" : "[&_.topic-list]:border-t-0"}>
        <LiveList room={room} sort={sort} topics={list.topics} />
        <TopicList
          list={list}
          label={t(`list.${sort}`)}
          inPages={inPages}
          showCategory={showCategory}
          empty={<div className="pt-6">{empty ?? <EmptyList sort={sort} isMember={isMember} newTopicHref={newTopicHref} />}</div>}
        />
      </div>
    </>
  );
}
