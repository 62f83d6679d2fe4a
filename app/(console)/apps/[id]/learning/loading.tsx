import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function LearningLoading() {
  return (
    <Page>
      <PageHeader title="Learning" />
      <SkeletonRows rows={6} label="Loading what was learned" />
    </Page>
  );
}
