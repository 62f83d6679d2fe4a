import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function AlertsLoading() {
  return (
    <Page>
      <PageHeader title="Alerts" description="Figures that are watched, and what went wrong." />
      <SkeletonRows rows={4} />
      <SkeletonRows rows={6} />
    </Page>
  );
}
