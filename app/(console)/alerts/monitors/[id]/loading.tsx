import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function MonitorLoading() {
  return (
    <Page>
      <PageHeader back={{ href: "/alerts", label: "Alerts" }} title="Monitor" />
      <SkeletonRows rows={4} />
      <Skeleton className="h-80" />
    </Page>
  );
}
