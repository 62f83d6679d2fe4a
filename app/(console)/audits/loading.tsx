import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function AuditsLoading() {
  return (
    <Page>
      <PageHeader
        title="Audits"
        description="A random sample of what ran alone, judged again by a person who answers first and sees the model's answer after."
      />
      <Skeleton className="h-9 w-full" />
      <SkeletonRows rows={10} label="Loading audits" />
    </Page>
  );
}
