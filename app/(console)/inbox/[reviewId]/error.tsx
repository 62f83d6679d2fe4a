"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function ReviewError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <Page>
      <PageHeader title="Review" back={{ href: "/inbox", label: "Inbox" }} />
      <ErrorCard
        message="This review could not be read. Nothing was changed; try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
