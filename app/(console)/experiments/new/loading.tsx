import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function NewExperimentLoading() {
  return (
    <Page>
      <PageHeader title="New experiment" />
      <SkeletonRows rows={8} label="Loading" />
    </Page>
  );
}
