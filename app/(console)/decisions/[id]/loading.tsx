import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";

export default function DecisionLoading() {
  return (
    <Page width="wide">
      <div role="status" className="flex flex-col gap-2">
        <span className="sr-only">Loading the decision</span>
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-7 w-full max-w-lg" />
        <Skeleton className="h-4 w-40" />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-[minmax(0,4fr)_minmax(0,3fr)_minmax(0,3fr)]">
        <Skeleton className="h-96 rounded-card" />
        <Skeleton className="h-80 rounded-card" />
        <Skeleton className="h-80 rounded-card" />
      </div>
    </Page>
  );
}
