"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function PromptsError({ error, reset }: Props) {
  return (
    <Page width="wide">
      <ErrorCard
        message="The prompts could not be read. What is in force holds as before; try again, and if it lasts, tell an admin the number below."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
