"use client";

import { ErrorCard } from "@/components/ui/error-card";
import "./globals.css";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Stands in for the whole document when the root layout itself fails. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en">
      <body className="font-sans">
        <title>Something went wrong · Countersign</title>
        <main className="mx-auto w-full max-w-2xl p-6">
          <h1 className="sr-only">Something went wrong</h1>
          <ErrorCard
            title="Something went wrong"
            message="Countersign could not be shown. Try again; if it keeps failing, send us the request."
            requestId={error.digest}
            onRetry={reset}
          />
        </main>
      </body>
    </html>
  );
}
