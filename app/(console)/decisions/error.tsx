"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function DecisionsError({ error, reset }: Props) {
  return (
    <Page>
      <PageHeader title="Decisions" />
      <ErrorCard
        message="The decisions could not be read. What is decided stays decided; try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
