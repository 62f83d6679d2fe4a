"use client";

import { ErrorCard } from "@/components/ui/error-card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function NotificationsError({ error, reset }: Props) {
  return (
    <Page width="reading">
      <PageHeader title="Notifications" />
      <ErrorCard
        message="What you were told could not be read. Nothing was changed; try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </Page>
  );
}
