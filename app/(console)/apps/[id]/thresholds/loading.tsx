import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";

export default function ThresholdsLoading() {
  return (
    <Page>
      <div role="status" aria-label="Loading" className="flex flex-col gap-3">
        <Skeleton className="h-7 w-72" />
        <Skeleton className="h-8 w-full max-w-xl" />
        <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_26rem]">
          <Skeleton className="h-96" />
          <Skeleton className="h-96" />
        </div>
      </div>
    </Page>
  );
}
