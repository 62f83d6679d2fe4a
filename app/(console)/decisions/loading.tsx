import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function DecisionsLoading() {
  return (
    <Page>
      <PageHeader title="Decisions" description="Everything that apps have submitted, whoever decided it." />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-8 w-full max-w-3xl max-md:h-30" />
      <SkeletonRows rows={12} label="Loading decisions" />
    </Page>
  );
}
