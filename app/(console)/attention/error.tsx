"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function AttentionError({ error, reset }: Props) {
  return (
    <Page>
      <PageHeader title="Attention" />
      <ErrorCard
        message="The attention budget could not be read. Try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
