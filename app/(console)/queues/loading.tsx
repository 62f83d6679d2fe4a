import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function QueuesLoading() {
  return (
    <Page width="wide">
      <PageHeader
        title="Queues"
        description="Where reviews wait: which come here, who is asked, until when. Rules are asked from the top."
      />
      <SkeletonRows rows={6} label="Loading queues" />
    </Page>
  );
}
