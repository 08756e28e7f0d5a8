/** The mark beside the community's name: a spring, in the accent. */
export function SiteMark({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" className="shrink-0 text-accent">
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <path d="M16 6.5c2.9 3.6 4.6 5.9 4.6 8.2a4.6 4.6 0 0 1-9.2 0c0-2.3 1.7-4.6 4.6-8.2Z" style={{ fill: "var(--on-accent)" }} />
      <path d="M6.5 22.5c3-2 6.3-2 9.5 0s6.5 2 9.5 0" fill="none" style={{ stroke: "var(--on-accent)" }} strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}
