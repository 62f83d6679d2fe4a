"use client";

import { MessageCircleWarning } from "lucide-react";
import { AppealBadge } from "@/components/notices/appeal-badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { AppealView } from "@/lib/notices/appeals";

type Props = { appeals: AppealView[]; nextHref?: string; waiting: boolean };

/** What people wrote about decisions on them; a row leads to the review where it is answered. */
export function AppealsTable({ appeals, nextHref, waiting }: Props) {
  return (
    <DataTable
      caption="Appeals"
      columns={columns}
      rows={appeals}
      rowKey={({ id }) => id}
      rowHref={({ review_id, decision_id }) =>
        review_id ? `/inbox/${review_id}` : `/decisions/${decision_id}`
      }
      nextHref={nextHref}
      empty={
        <EmptyState title={waiting ? "No appeal waits" : "No appeals yet"} icon={MessageCircleWarning}>
          A decision’s page makes the link through which the person concerned can write.
        </EmptyState>
      }
    />
  );
}

const columns: Column<AppealView>[] = [
  {
    id: "statement",
    header: "What they say",
    role: "primary",
    cell: ({ statement, app, type }) => (
      <span className="flex flex-col py-1">
        <span className="line-clamp-2 font-normal">
          <UntrustedInline text={(statement ?? "Nothing yet").slice(0, 240)} />
        </span>
        <span className="text-xs font-normal text-muted-foreground">
          {app.name} · {type.name}
        </span>
      </span>
    ),
  },
  { id: "status", header: "Status", cell: (appeal) => <AppealBadge appeal={appeal} /> },
  {
    id: "due",
    header: "Due",
    className: "max-md:hidden",
    cell: ({ status, due_at }) => (status === "submitted" && due_at ? <Time at={due_at} /> : "–"),
  },
  {
    id: "received",
    header: "Received",
    className: "max-md:hidden",
    cell: ({ submitted_at }) => (submitted_at ? <Time at={submitted_at} /> : "–"),
  },
];
