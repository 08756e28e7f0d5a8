import { Dialog } from "../dialog.tsx";
import { useT } from "../i18n.tsx";
import en from "../words.ts";

/** All shortcuts. With its words it is loaded when someone first asks for it. */
export function ShortcutDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT("ui", en);
  const groups = [
    { title: t("shortcutsMove"), keys: [["j", t("keyNext")], ["k", t("keyPrevious")], ["o", t("keyOpen")], ["/", t("search")]] },
    { title: t("shortcutsGo"), keys: [["g h", t("home")], ["g l", t("latest")], ["g n", t("new")], ["g u", t("unread")], ["g t", t("top")], ["g d", t("divisions")], ["g i", t("notifications")]] },
    { title: t("shortcutsWrite"), keys: [["c", t("keyNewTopic")], ["r", t("keyReply")], ["q", t("keyQuote")], ["l", t("keyLike")], ["s", t("keyShare")], ["e", t("keyEdit")], ["?", t("keyHelp")], ["Esc", t("close")]] },
  ];
  return (
    <Dialog open={open} onClose={onClose} title={t("shortcuts")}>
      <div className="grid gap-6 sm:grid-cols-2">
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3 className="mb-2 text-sm font-semibold text-ink-soft">{title}</h3>
            <dl className="space-y-1.5 text-sm">
              {keys.map(([combination, text]) => (
                <div key={combination} className="flex items-center gap-3">
                  <dt className="flex w-16 gap-1">{combination!.split(" ").map((key) => <kbd key={key} className="min-w-6 rounded border border-line-strong bg-sunken px-1.5 text-center font-mono text-xs leading-5">{key}</kbd>)}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
