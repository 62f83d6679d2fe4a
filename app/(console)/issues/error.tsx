"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function IssuesError({ error, reset }: Props) {
  return (
    <Page>
      <PageHeader title="Issues" />
      <ErrorCard
        message="They could not be read. Nothing was changed; try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
