import { Form } from "@remix-run/react";
import { Avatar } from "#app/ui/avatar.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import en from "../messages/en.json";

const people = [
  { login: "ada", name: "Ada", does: "demoAda" },
  { login: "max", name: "Max", does: "demoMax" },
  { login: "pia", name: "Pia", does: "demoPia" },
  { login: "cleo", name: "Cleo", does: "demoCleo" },
] as const;

/** Signs in to a demo as one of its members by one press. Shown in demos only: there, the password is no secret. */
export function DemoMembers({ next }: { next: string }) {
  const t = useT("accounts", en);
  return (
    <section aria-labelledby="demo" className="rounded-md border border-dashed border-line-strong p-5">
      <h2 id="demo" className="font-semibold text-ink">{t("demoTitle")}</h2>
      <p className="mt-1">{t("demoLead")}</p>
      <ul className="mt-3 -mx-2">
        {people.map(({ login, name, does }) => (
          <li key={login}>
            <Form method="post" reloadDocument>
              <input type="hidden" name="login" value={login} />
              <input type="hidden" name="password" value="wellspring-demo" />
              <input type="hidden" name="next" value={next} />
              <button className="group flex w-full items-center gap-3 rounded-md px-2 py-2 text-left hover:bg-sunken touch:min-h-11" aria-label={t("demoAs", { name })}>
                <Avatar name={name} size={32} />
                <span className="grow"><b className="font-semibold text-ink">{name}</b> {t(does)}</span>
                <Icon name="arrow-right" className="text-ink-faint group-hover:text-ink" />
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
