import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function IssuesLoading() {
  return (
    <Page>
      <PageHeader title="Issues" />
      <Skeleton className="h-9 w-full" />
      <SkeletonRows rows={10} label="Loading issues" />
    </Page>
  );
}
