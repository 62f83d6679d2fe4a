"use client";

import { RootFailure } from "@/components/shell/root-failure";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function PageError({ error, reset }: Props) {
  return <RootFailure requestId={error.digest} onRetry={reset} />;
}
