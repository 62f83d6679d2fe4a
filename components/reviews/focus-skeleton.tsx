import { Skeleton } from "@/components/ui/skeleton";

/** The focus view's frame before its first item: same zones, nothing jumps. */
export function FocusSkeleton() {
  return (
    <div role="status" aria-label="Loading the review" className="flex grow flex-col">
      <div className="flex flex-col gap-3 border-b px-4 py-3 md:px-6">
        <Skeleton className="h-4 w-64 max-w-full" />
        <Skeleton className="h-7 w-96 max-w-full" />
      </div>
      <PanelsSkeleton />
    </div>
  );
}

export function PanelsSkeleton() {
  return (
    <div aria-hidden className="grid grow gap-6 p-4 md:grid-cols-2 md:p-6 xl:grid-cols-[30fr_45fr_25fr]">
      {["evidence", "proposal", "why"].map((zone) => (
        <div key={zone} className="flex flex-col gap-3">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-32 w-full" />
          <Skeleton className="h-4 w-40" />
        </div>
      ))}
    </div>
  );
}
