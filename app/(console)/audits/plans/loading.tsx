import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function PlansLoading() {
  return (
    <Page>
      <PageHeader title="Sampling plans" />
      <SkeletonRows rows={8} label="Loading sampling plans" />
    </Page>
  );
}
