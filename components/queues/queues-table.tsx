"use client";

import { Layers } from "lucide-react";
import { type CreateQueueAction, NewQueueDialog } from "@/components/queues/new-queue-dialog";
import { intakeWords, minutesText, orderWords } from "@/components/queues/queue-words";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import type { QueueView } from "@/lib/reviews/queues";

const columns: Column<QueueView>[] = [
  {
    id: "name",
    header: "Queue",
    role: "primary",
    cell: (queue) => (
      <>
        {queue.name}{" "}
        <span className="font-mono text-xs font-normal whitespace-nowrap text-muted-foreground max-md:block">
          {queue.key}
        </span>
      </>
    ),
  },
  { id: "waiting", header: "Waiting", align: "end", cell: (queue) => <Waiting queue={queue} /> },
  {
    id: "intake",
    header: "What comes here",
    className: "max-md:hidden",
    cell: (queue) => (
      <span className="flex flex-col py-1">
        {intakeWords(queue)}
        {queue.rule ? (
          <span className="line-clamp-1 font-mono text-xs break-all text-muted-foreground">{queue.rule}</span>
        ) : null}
      </span>
    ),
  },
  {
    id: "members",
    header: "Members",
    className: "max-md:hidden",
    cell: (queue) => (
      <span className="flex flex-wrap items-center gap-1.5">
        {queue.members === 0 ? "Everybody" : queue.members.toLocaleString("en")}
        {queue.leads ? <Badge tone="accent">You lead</Badge> : null}
        {queue.members > 0 && queue.yours && !queue.leads ? <Badge>Yours</Badge> : null}
      </span>
    ),
  },
  { id: "order", header: "Order", className: "max-lg:hidden", cell: (queue) => orderWords[queue.order].name },
  { id: "times", header: "Times", className: "max-lg:hidden", cell: (queue) => <Times queue={queue} /> },
];

function Waiting({ queue: { open, overdue } }: { queue: QueueView }) {
  const shown = open >= 1000 ? "1,000+" : open.toLocaleString("en");
  return (
    <span className="inline-flex items-center justify-end gap-2 tabular-nums">
      {overdue > 0 ? <Badge tone="declined">{overdue >= 1000 ? "1,000+" : overdue} overdue</Badge> : null}
      {shown}
    </span>
  );
}

function Times({ queue: { sla_minutes: sla } }: { queue: QueueView }) {
  const own = (["high", "medium", "low"] as const).flatMap((severity) => {
    const minutes = sla[severity];
    return minutes === undefined ? [] : [`${severity} ${minutesText(minutes)}`];
  });
  return own.length === 0 ? <span className="text-muted-foreground">By autonomy</span> : own.join(", ");
}

type Props = { queues: QueueView[]; create?: CreateQueueAction; nextHref?: string };

/** Every queue in the order in which its rule is asked, with what waits in it. */
export function QueuesTable({ queues, create, nextHref }: Props) {
  return (
    <DataTable
      caption="Queues"
      columns={columns}
      rows={queues}
      rowKey={(queue) => queue.id}
      rowHref={(queue) => `/queues/${queue.id}`}
      nextHref={nextHref}
      empty={
        <EmptyState
          title="No queues yet"
          icon={Layers}
          action={create ? <NewQueueDialog create={create} /> : undefined}
        >
          A decision type brings a queue of its own; make others for what needs other people or other times.
        </EmptyState>
      }
    />
  );
}
