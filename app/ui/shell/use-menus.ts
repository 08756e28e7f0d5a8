import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

/** Closes open menus (`<details data-menu>`) on Escape, on a click elsewhere, and when a page opens: one ear for all of them. */
export function useMenus(): void {
  const { key } = useLocation();
  useEffect(() => closeMenus(), [key]);
  useEffect(() => {
    const onClick = (event: MouseEvent) => closeMenus(event.target as Node);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      const menu = (event.target as Element).closest?.("details[data-menu][open]");
      closeMenus();
      menu?.querySelector("summary")?.focus();
    };
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("click", onClick);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
}

function closeMenus(except?: Node): void {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!except || !menu.contains(except)) menu.removeAttribute("open");
}
