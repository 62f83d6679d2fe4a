"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ThresholdsError({ error, reset }: Props) {
  return (
    <Page>
      <PageHeader title="Thresholds" back={{ href: "/apps", label: "Apps" }} />
      <ErrorCard
        message="The thresholds could not be read. Try again; if it lasts, tell an admin the number below."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
