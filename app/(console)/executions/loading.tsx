import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function ExecutionsLoading() {
  return (
    <Page>
      <PageHeader
        title="Executions"
        description="What approved decisions did to the systems of the business."
      />
      <Skeleton className="h-9 w-full" />
      <SkeletonRows rows={10} label="Loading executions" />
    </Page>
  );
}
