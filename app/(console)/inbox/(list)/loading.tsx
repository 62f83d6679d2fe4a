import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function InboxLoading() {
  return (
    <Page>
      <PageHeader title="Inbox" description="What waits for a person, the soonest due first." />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-8 w-80 max-w-full" />
      <SkeletonRows rows={12} label="Loading reviews" />
    </Page>
  );
}
