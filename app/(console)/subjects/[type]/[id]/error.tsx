"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function SubjectError({ error, reset }: Props) {
  return (
    <Page>
      <PageHeader title="Case" />
      <ErrorCard
        message="The case could not be read. Nothing changed; try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
