import { Form, Link, useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Problem } from "#app/core/http.ts";
import { AskReaders } from "#app/ui/ask-readers.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Checkbox, Field, Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import en from "../messages/en.json";

type ManageData = {
  path: string;
  pageTitle: string;
  title: string;
  parentId: number | null;
  parents: { id: number; title: string; depth: number }[];
  belowCount: number;
  owner: string;
  verifiedUntil: string | null;
  isTemplate: boolean;
  /** Where the rights of its part of the tree are set; null when it has those of what is above. */
  rightsPath: string | null;
  may: { care: boolean; remove: boolean; rights: boolean };
};

const days = [30, 90, 180, 365];

/** Place, owner, verification, rights, removal: what is done to a page beside its words. Each is a form of its own. */
export function ManagePage({ data, problem }: { data: ManageData; problem: Problem | undefined }) {
  const t = useT("wikis", en);
  const { path, pageTitle, title, parentId, parents, belowCount, owner, verifiedUntil, isTemplate, rightsPath, may } = data;
  const [params] = useSearchParams();
  const here = `${path}/manage`;
  return (
    <Page>
      <PageHeader title={title} place={<Link to={path} className="hover:text-ink hover:underline">← {pageTitle}</Link>} />
      {!problem && params.has("saved") && <Notice tone="success" className="mb-6">{t("saved")}</Notice>}
      <AskReaders problem={problem} action={here} className="mb-6" />
      {problem && !problem.fields.knowsReaders && <Notice tone="danger" className="mb-6">{Object.values(problem.fields).flat().join(" ") || problem.message}</Notice>}
      <Part title={t("placeInTree")} lead={t("placeHint", { count: belowCount })}>
        <Form method="post" action={`${path}/place`} className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="beforeId" value="" />
          <div className="min-w-0 flex-1 basis-72">
            <Select name="parentId" label={t("standsUnder")} defaultValue={parentId ?? ""}>
              <option value="">{t("atTheTop")}</option>
              {parents.map((page) => <option key={page.id} value={page.id}>{"\u00A0\u00A0".repeat(page.depth) + page.title}</option>)}
            </Select>
          </div>
          <Button>{t("movePage")}</Button>
        </Form>
      </Part>
      {may.care && (
        <Part title={t("whoAnswers")} lead={t("whoAnswersHint")}>
          <Form method="post" action={here} className="flex flex-wrap items-end gap-3">
            <input type="hidden" name="intent" value="owner" />
            <div className="min-w-0 flex-1 basis-56"><Field name="owner" label={t("owner")} maxLength={60} autoCapitalize="none" defaultValue={problem?.values.owner ?? owner} errors={problem?.fields.owner} /></div>
            <Button>{t("setOwner")}</Button>
          </Form>
          <Form method="post" action={here} className="mt-4 flex flex-wrap items-end gap-3">
            <input type="hidden" name="intent" value="verify" />
            <div className="min-w-0 flex-1 basis-56">
              <Select name="days" label={verifiedUntil ? t("verifiedUntil", { day: new Date(`${verifiedUntil}T12:00Z`) }) : t("notVerified")} defaultValue="180">
                {days.map((count) => <option key={count} value={count}>{t("forDays", { count })}</option>)}
                <option value="">{t("noLonger")}</option>
              </Select>
            </div>
            <Button>{t("stillTrue")}</Button>
          </Form>
          <Form method="post" action={here} className="mt-4 flex flex-wrap items-center gap-3">
            <input type="hidden" name="intent" value="template" />
            <Checkbox name="isTemplate" value="1" label={t("asTemplate")} hint={t("asTemplateHint")} defaultChecked={isTemplate} className="flex-1 basis-72" />
            <Button>{t("save")}</Button>
          </Form>
        </Part>
      )}
      {may.rights && (
        <Part title={t("rights")} lead={t(rightsPath ? "ownRights" : "inheritedRights")}>
          <div className="flex flex-wrap gap-3">
            {rightsPath && <ButtonLink to={rightsPath}>{t("setRights")}</ButtonLink>}
            <Form method="post" action={here}><input type="hidden" name="intent" value={rightsPath ? "inherit-rights" : "own-rights"} /><Button>{t(rightsPath ? "inheritAgain" : "giveOwnRights")}</Button></Form>
          </div>
        </Part>
      )}
      {may.remove && (
        <Part title={t("removePage")} lead={t("removeHint")}>
          <Form method="post" action={`${path}/remove`} className="space-y-4">
            <Field name="reason" label={t("reason")} maxLength={300} />
            {belowCount > 0 && <Checkbox name="children" value="take" label={t("takeChildren", { count: belowCount })} hint={t("takeChildrenHint")} />}
            <Button look="danger">{t("removePage")}</Button>
          </Form>
        </Part>
      )}
    </Page>
  );
}

function Part({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <section className="mt-8 border-t border-line pt-6 first-of-type:mt-0 first-of-type:border-0 first-of-type:pt-0">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-1 mb-4 max-w-[62ch] text-sm text-ink-soft">{lead}</p>
      {children}
    </section>
  );
}
