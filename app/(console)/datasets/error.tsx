"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function DatasetsError({ error, reset }: Props) {
  return (
    <Page>
      <ErrorCard
        message="The datasets could not be read. Try again; if it lasts, tell an admin the number below."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
