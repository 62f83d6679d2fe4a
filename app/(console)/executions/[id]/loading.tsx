import { Page } from "@/components/ui/page";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function ExecutionLoading() {
  return (
    <Page width="wide">
      <Skeleton className="h-7 w-80 max-w-full" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
      <SkeletonRows rows={4} label="Loading attempts" />
    </Page>
  );
}
