"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function AlertsError({ error, reset }: Props) {
  return (
    <Page>
      <PageHeader title="Alerts" />
      <ErrorCard
        message="Monitors and incidents could not be read. Try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
