import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function AttentionLoading() {
  return (
    <Page>
      <PageHeader
        title="Attention"
        description="What arrives and how long it takes, against the hours people have."
      />
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {Array.from({ length: 6 }, (_, at) => (
          <Skeleton key={at} className="h-32" />
        ))}
      </div>
      <SkeletonRows rows={6} />
    </Page>
  );
}
