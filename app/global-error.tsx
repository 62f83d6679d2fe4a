"use client";

import { RootFailure } from "@/components/shell/root-failure";
import "./globals.css";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Stands in for the whole document when the root layout itself fails. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en">
      <body className="font-sans">
        <title>Something went wrong · Countersign</title>
        <RootFailure requestId={error.digest} onRetry={reset} />
      </body>
    </html>
  );
}
