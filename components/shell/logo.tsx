import { cn } from "@/components/ui/class-names";

/** The mark: one signature, and the one that counters it. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={cn("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-primary" />
      <path
        d="M4.6 12.6 8 16l6.6-8"
        className="stroke-primary-foreground"
        fill="none"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="m12.2 15.2.8.8 6.6-8"
        className="stroke-primary-foreground"
        fill="none"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
        opacity="0.62"
      />
    </svg>
  );
}

/** Mark and name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-md font-semibold tracking-tight", className)}>
      <LogoMark />
      Countersign
    </span>
  );
}
