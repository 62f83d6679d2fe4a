import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

/** A grey stand-in the size of what will come; give it width and height. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div aria-hidden className={cn("animate-pulse rounded-control bg-surface-3", className)} {...props} />
  );
}

/** A list's stand-in with the table's own row height. */
export function SkeletonRows({ rows = 8, label = "Loading" }: { rows?: number; label?: string }) {
  return (
    <div role="status" className="overflow-hidden rounded-card border bg-card">
      <span className="sr-only">{label}</span>
      <div className="h-9 border-b bg-surface-2" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-(--row-height) items-center gap-4 border-b px-3 last:border-b-0">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 grow" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
