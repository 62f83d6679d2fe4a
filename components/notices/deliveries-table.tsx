"use client";

import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { DeliveryView } from "@/lib/notices/channels";

type Retry = (input: { deliveryId: string }) => Promise<Answer<unknown>>;
type Props = { deliveries: DeliveryView[]; nextHref?: string; retry: Retry };

const tones = {
  pending: ["review", "Waiting"],
  sent: ["approved", "Sent"],
  failed: ["declined", "Not delivered"],
  cancelled: ["idle", "Left out"],
} as const;

/** What became of messages: each with its tries, and why it did not arrive. */
export function DeliveriesTable({ deliveries, nextHref, retry }: Props) {
  return (
    <DataTable
      caption="Messages and their delivery"
      columns={[...columns, retryColumn(retry)]}
      rows={deliveries}
      rowKey={({ id }) => id}
      nextHref={nextHref}
      empty={
        <EmptyState title="No messages" icon={Send}>
          Mail and webhook messages are listed here once there are some.
        </EmptyState>
      }
    />
  );
}

const columns: Column<DeliveryView>[] = [
  {
    id: "about",
    header: "Message",
    role: "primary",
    cell: ({ about, to, channel, kind }) => (
      <span className="flex flex-col py-1">
        <span className="line-clamp-2">
          <UntrustedInline text={about || "Message"} />
        </span>
        <span className="text-xs font-normal text-muted-foreground">
          {kind === "email" ? "Mail" : "Webhook"} to{" "}
          <UntrustedInline text={to?.name ?? channel?.name ?? "nobody"} />
        </span>
      </span>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status, attempts, error }) => (
      <span className="flex flex-col items-start gap-0.5 py-1">
        <Badge tone={tones[status][0]}>{tones[status][1]}</Badge>
        {error ? (
          <span className="max-w-72 text-xs text-muted-foreground">
            {attempts > 1 ? `After ${attempts} tries: ` : null}
            <UntrustedInline text={error} />
          </span>
        ) : null}
      </span>
    ),
  },
  {
    id: "when",
    header: "When",
    className: "max-md:hidden",
    cell: ({ status, not_before, sent_at, created_at }) =>
      status === "pending" ? (
        <>
          next <Time at={not_before} />
        </>
      ) : (
        <Time at={sent_at ?? created_at} />
      ),
  },
];

function retryColumn(retry: Retry): Column<DeliveryView> {
  return {
    id: "retry",
    header: <span className="sr-only">Send again</span>,
    align: "end",
    role: "interactive",
    cell: (delivery) =>
      delivery.status === "failed" ? <RetryButton delivery={delivery} retry={retry} /> : null,
  };
}

function RetryButton({ delivery, retry }: { delivery: DeliveryView; retry: Retry }) {
  const [pending, setPending] = useState(false);
  const { toast } = useToast();
  const router = useRouter();
  async function again() {
    setPending(true);
    try {
      await orThrow(retry({ deliveryId: delivery.id }));
      router.refresh();
    } catch (error) {
      toast({ tone: "error", title: error instanceof Error ? error.message : "It was not sent" });
    }
    setPending(false);
  }
  return (
    <Button
      size="sm"
      pending={pending}
      aria-label={`Send again: ${delivery.about}`}
      onClick={() => void again()}
    >
      Send again
    </Button>
  );
}
