"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function EvaluatorsError({ error, reset }: Props) {
  return (
    <Page width="wide">
      <ErrorCard
        message="The evaluators could not be read. They go on scoring; try again, and if it lasts, tell an admin the number below."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
