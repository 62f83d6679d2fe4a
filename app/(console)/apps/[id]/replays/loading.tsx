import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function ReplaysLoading() {
  return (
    <Page>
      <PageHeader title="Replays" />
      <SkeletonRows rows={6} label="Loading replays" />
    </Page>
  );
}
