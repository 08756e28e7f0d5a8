import { Form, useLocation } from "@remix-run/react";
import { useEffect, useState } from "react";
import { Button, buttonClass } from "../button.tsx";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import { SIGNED_IN, SIGNED_OUT } from "../live/connection.ts";
import en from "../messages/en.json";
import { showToast } from "../toast.tsx";

/**
 * Says above the page that its reader was signed out elsewhere: on one that was made since, or, `hadSession` being
 * false, on one that stays because something was begun on it. From there the way in opens beside it.
 */
export function SignedOutBar({ hadSession }: { hadSession: boolean }) {
  const t = useT("ui", en);
  const { pathname, search } = useLocation();
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    const onOut = () => setTold(true);
    const onIn = () => {
      setTold(false);
      showToast({ text: t("signedInAgain"), tone: "success" });
    };
    addEventListener(SIGNED_OUT, onOut);
    addEventListener(SIGNED_IN, onIn);
    return () => {
      removeEventListener(SIGNED_OUT, onOut);
      removeEventListener(SIGNED_IN, onIn);
    };
  }, [t]);
  const isShown = (hadSession || isTold) && pathname !== "/sign-in";
  const signIn = `/sign-in?next=${encodeURIComponent(pathname + search)}`;
  return (
    <div role="status" className="notice-place print:hidden">
      {isShown && (
        <div className="notice-bar">
          <Icon name="log-out" size={18} className="shrink-0 text-warning" />
          <p className="min-w-0 flex-1 basis-60">{t(isTold ? "signedOutHereKept" : "signedOutHere")}</p>
          <a href={signIn} target={isTold ? "_blank" : undefined} className={buttonClass("plain", "small")}>{t("signInAgain")}</a>
          {!isTold && (
            <Form method="post" action="/sign-out" reloadDocument>
              <input type="hidden" name="next" value={pathname + search} />
              <Button look="quiet" size="small">{t("goOnAsGuest")}</Button>
            </Form>
          )}
        </div>
      )}
    </div>
  );
}
