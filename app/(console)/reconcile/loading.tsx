import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function ReconcileLoading() {
  return (
    <Page>
      <PageHeader title="Reconcile" description="Acts whose outcome only a person can find out." />
      <Skeleton className="h-9 w-full" />
      <SkeletonRows rows={10} label="Loading what waits" />
    </Page>
  );
}
