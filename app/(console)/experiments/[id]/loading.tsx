import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function ExperimentLoading() {
  return (
    <Page>
      <PageHeader title="Experiment" />
      <SkeletonRows rows={8} label="Loading" />
    </Page>
  );
}
