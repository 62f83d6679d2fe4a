"use client";

import { ErrorCard } from "@/components/ui/error-card";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function PageError({ error, reset }: Props) {
  return (
    <main className="mx-auto w-full max-w-2xl p-6">
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorCard
        title="Something went wrong"
        message="The page could not be shown. Nothing you did was lost. Try again; if it keeps failing, send us the request."
        requestId={error.digest}
        onRetry={reset}
      />
    </main>
  );
}
