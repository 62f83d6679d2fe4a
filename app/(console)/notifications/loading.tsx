import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function NotificationsLoading() {
  return (
    <Page width="reading">
      <PageHeader title="Notifications" description="What you were told, newest first." />
      <Skeleton className="h-9 w-full" />
      <SkeletonRows rows={10} label="Loading notifications" />
    </Page>
  );
}
