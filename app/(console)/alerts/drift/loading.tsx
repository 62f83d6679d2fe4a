import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function IncidentLoading() {
  return (
    <Page>
      <PageHeader back={{ href: "/alerts", label: "Alerts" }} title="Incident" />
      <SkeletonRows rows={4} />
      <Skeleton className="h-80" />
    </Page>
  );
}
