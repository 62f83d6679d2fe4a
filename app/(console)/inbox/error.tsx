"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function InboxError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <Page>
      <PageHeader title="Inbox" />
      <ErrorCard
        message="The inbox could not be read. Nothing was changed; try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
