import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";

export default function SubjectLoading() {
  return (
    <Page width="wide">
      <div role="status" className="flex flex-col gap-2">
        <span className="sr-only">Loading the case</span>
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-7 w-full max-w-md" />
        <Skeleton className="h-4 w-72" />
      </div>
      <Skeleton className="h-28 rounded-card" />
      <Skeleton className="h-96 rounded-card" />
    </Page>
  );
}
