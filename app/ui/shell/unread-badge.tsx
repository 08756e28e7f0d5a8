/** The number on a bell or an inbox; nothing when all is read. */
export function UnreadBadge({ count }: { count: number }) {
  if (count === 0) return null;
  return <span aria-hidden="true" className="absolute top-1 right-0.5 min-w-4.5 rounded-full bg-accent px-1 text-center text-[11px] leading-4.5 font-semibold text-on-accent tabular">{count > 99 ? "99+" : count}</span>;
}
