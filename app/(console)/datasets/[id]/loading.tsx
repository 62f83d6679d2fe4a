import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function DatasetLoading() {
  return (
    <Page>
      <PageHeader title="Dataset" />
      <SkeletonRows rows={8} label="Loading" />
    </Page>
  );
}
