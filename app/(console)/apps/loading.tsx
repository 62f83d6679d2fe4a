import { Page } from "@/components/ui/page";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function AppsLoading() {
  return (
    <Page width="wide">
      <Skeleton className="h-7 w-40" />
      <SkeletonRows rows={6} label="Loading apps" />
    </Page>
  );
}
