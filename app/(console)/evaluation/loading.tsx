import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function EvaluationLoading() {
  return (
    <Page>
      <PageHeader
        title="Evaluation"
        description="What automation does, how often it is wrong, and how sure one can be of that."
      />
      <Skeleton className="h-8 w-full max-w-xl" />
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {Array.from({ length: 8 }, (_, at) => (
          <Skeleton key={at} className="h-40" />
        ))}
      </div>
    </Page>
  );
}
