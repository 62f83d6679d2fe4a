"use client";

import { ErrorCard } from "@/components/ui/error-card";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function SettingsError({ error, reset }: Props) {
  return (
    <ErrorCard
      message="The settings could not be read. Try again; if it lasts, tell an admin the number below."
      requestId={error.digest}
      onRetry={reset}
    />
  );
}
