import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function DatasetsLoading() {
  return (
    <Page>
      <PageHeader title="Datasets" />
      <SkeletonRows rows={8} label="Loading" />
    </Page>
  );
}
