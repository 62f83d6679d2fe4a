"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ContractsError({ error, reset }: Props) {
  return (
    <Page width="wide">
      <ErrorCard
        message="The contracts could not be read. What runs alone is as it was; try again, and if it lasts, tell an admin the number below."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
