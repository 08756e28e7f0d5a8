import { Form, Link } from "@remix-run/react";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { useShell } from "#app/ui/shell/place.ts";
import en from "../messages/en.json";
import { divisionPath } from "../paths.ts";

/** Joins or leaves a division with one press; guests are led to sign in first. */
export function JoinButton({ slug, name, isJoined }: { slug: string; name: string; isJoined: boolean }) {
  const t = useT("community", en);
  const isGuest = useShell()?.viewer.kind !== "member";
  if (isGuest) return <Link to={`/sign-in?next=${encodeURIComponent(divisionPath({ slug }))}`} className={buttonClass("plain", "small")} aria-label={t("joinNamed", { name })}>{t("join")}</Link>;
  return (
    <Form method="post" action={`${divisionPath({ slug })}/${isJoined ? "leave" : "join"}`} preventScrollReset>
      <Button size="small" look={isJoined ? "quiet" : "plain"} aria-label={t(isJoined ? "leaveNamed" : "joinNamed", { name })}>
        <Icon name={isJoined ? "check" : "plus"} size={16} />{t(isJoined ? "joined" : "join")}
      </Button>
    </Form>
  );
}
