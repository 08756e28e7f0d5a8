import { Form, Link } from "@remix-run/react";
import { Button, ButtonLink, buttonClass } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import { Menu, MenuLink } from "#app/ui/menu.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import { useFreshen } from "#app/ui/use-freshen.ts";
import { useLiveRoom } from "#app/ui/use-live-room.ts";
import type { InboxLine as Line } from "../inbox.ts";
import en from "./words.ts";
import { inboxPath, kinds } from "../paths.ts";
import { dayOf } from "./day.ts";
import { InboxLine } from "./inbox-line.tsx";

type InboxPageProps = {
  memberId: number;
  lines: Line[];
  unreadCount: number;
  filter: { kind: (typeof kinds)[number] | null; isUnread: boolean; isLater: boolean };
  next: string | null;
};

/** The whole inbox: by day, by kind, all or unread. */
export function InboxPage({ memberId, lines, unreadCount, filter, next }: InboxPageProps) {
  const t = useT("notifications", en);
  const freshen = useFreshen();
  useLiveRoom(`member:${memberId}`, { onState: ({ unread }) => unread !== undefined && unread !== unreadCount && freshen(), onBlind: freshen });
  return (
    <Page>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={unreadCount > 0 && <Form method="post" action="/notifications/read"><Button size="small">{t("markAllRead")}</Button></Form>}
      />
      <div className="mb-5 flex items-end justify-between gap-3 border-b border-line">
        <TabLinks
          label={t("filterLabel")}
          className="border-0!"
          items={[
            { to: inboxPath({ kind: filter.kind }), label: t("allKinds"), current: !filter.isUnread },
            { to: inboxPath({ kind: filter.kind, isUnread: true }), label: t("unreadOnly"), count: unreadCount, current: filter.isUnread },
          ]}
        />
        <Menu label={filter.kind ? t(`kind_${filter.kind}`) : t("kindMenu")} icon="filter" className="mb-1">
          <MenuLink to={inboxPath({ isUnread: filter.isUnread })}>{t("allKinds")}</MenuLink>
          {kinds.map((kind) => <MenuLink key={kind} to={inboxPath({ kind, isUnread: filter.isUnread })}>{t(`kind_${kind}`)}</MenuLink>)}
        </Menu>
      </div>
      {lines.length === 0 ? <Empty filter={filter} /> : <Days lines={lines} />}
      {(next || filter.isLater) && (
        <nav className="mt-6 flex justify-center gap-3">
          {filter.isLater && <Link to={inboxPath(filter)} className={buttonClass("quiet")}>{t("toStart")}</Link>}
          {next && <Link to={inboxPath({ ...filter, after: next })} rel="next" className={buttonClass("plain")}>{t("older")}</Link>}
        </nav>
      )}
    </Page>
  );
}

function Days({ lines }: { lines: Line[] }) {
  const t = useT("notifications", en);
  const { locale, timeZone } = useLanguage();
  const days = new Map<string, Line[]>();
  for (const line of lines) {
    const day = dayOf(line.updatedAt, { locale, timeZone, today: t("today"), yesterday: t("yesterday") });
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  return [...days].map(([day, ofDay]) => (
    <section key={day} className="mb-6">
      <h2 className="mb-1.5 px-3 text-xs font-semibold text-ink-soft" suppressHydrationWarning>{day}</h2>
      <ul className="space-y-0.5">{ofDay.map((line) => <InboxLine key={line.id} line={line} />)}</ul>
    </section>
  ));
}

function Empty({ filter }: Pick<InboxPageProps, "filter">) {
  const t = useT("notifications", en);
  if (filter.kind) return <EmptyState icon="filter" title={t("emptyKindTitle")}>{t("emptyKindText")}</EmptyState>;
  if (filter.isUnread) return <EmptyState icon="check-circle-2" title={t("emptyUnreadTitle")}>{t("emptyUnreadText")}</EmptyState>;
  return <EmptyState icon="bell" title={t("emptyTitle")} action={<ButtonLink to="/latest">{t("backToTopics")}</ButtonLink>}>{t("emptyText")}</EmptyState>;
}
