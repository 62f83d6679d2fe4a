"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ExecutionsError({ error, reset }: Props) {
  return (
    <Page>
      <PageHeader title="Executions" />
      <ErrorCard
        message="The executions could not be read. What runs goes on running; try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
