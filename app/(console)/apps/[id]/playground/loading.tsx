import { Page } from "@/components/ui/page";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function PlaygroundLoading() {
  return (
    <Page width="wide">
      <Skeleton className="h-7 w-56" />
      <SkeletonRows rows={8} label="Loading playground" />
    </Page>
  );
}
