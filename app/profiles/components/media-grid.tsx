import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { imageCopyAddress } from "#app/ui/rich-text/image-address.ts";
import en from "../messages/en.json";

type Item = { id: number; key: string; title: string; path: string };

/** Pictures, each leading to where it was shown. */
export function MediaGrid({ items }: { items: Item[] }) {
  const t = useT("profiles", en);
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 md:grid-cols-4">
      {items.map(({ id, key, title, path }) => (
        <li key={id} className="min-w-0">
          <Link to={path} className="group block rounded-md">
            <img src={imageCopyAddress(key, 480)} alt={t("pictureIn", { title })} width={240} height={240} loading="lazy" decoding="async" className="aspect-square w-full rounded-md border border-line bg-sunken object-cover" />
            <span aria-hidden="true" className="mt-1.5 line-clamp-1 text-sm text-ink-soft group-hover:underline">{title}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
