import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function ReplayLoading() {
  return (
    <Page width="wide">
      <PageHeader title="Replay" />
      <SkeletonRows rows={8} label="Loading the replay" />
    </Page>
  );
}
