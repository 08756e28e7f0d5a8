import { useState } from "react";
import type { ShortcutDialog } from "./shortcut-dialog.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

/** Listens for the shortcuts, and shows them all on `?`. */
export function ShortcutHelp({ writePath }: { writePath: string | null }) {
  const [open, setOpen] = useState(false);
  const [Help, setHelp] = useState<typeof ShortcutDialog>();
  useShortcuts({
    writePath,
    onHelp: () => {
      setOpen(true);
      // Without a connection it is tried again at the next `?`.
      import("./shortcut-dialog.tsx").then((loaded) => setHelp(() => loaded.ShortcutDialog), () => setOpen(false));
    },
  });
  return Help ? <Help open={open} onClose={() => setOpen(false)} /> : null;
}
