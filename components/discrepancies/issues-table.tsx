"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { IssueView } from "@/lib/discrepancies/schema";
import type { IssueStatus } from "@/lib/discrepancies/vocabulary";
import { counted } from "@/lib/kernel/counted";
import { causeWords } from "./status";

/** Whether an issue is open. */
export function IssueBadge({ status }: { status: IssueStatus }) {
  return (
    <Badge tone={status === "open" ? "review" : "approved"}>{status === "open" ? "Open" : "Closed"}</Badge>
  );
}

type Props = { issues: IssueView[]; nextHref?: string | undefined };

/** Issues, newest first; the keyboard walks them and opens one. */
export function IssuesTable({ issues, nextHref }: Props) {
  const router = useRouter();
  const [at, setAt] = useState(-1);
  const active = issues[at];
  const move = (by: number) => setAt((was) => Math.min(issues.length - 1, Math.max(0, was + by)));
  useShortcuts("Issues", [
    { id: "next", label: "Next issue", when: issues.length > 0, run: () => move(1) },
    { id: "previous", label: "Previous issue", when: issues.length > 0, run: () => move(-1) },
    {
      id: "open",
      label: "Open the issue",
      when: active !== undefined,
      run: () => active && router.push(`/issues/${active.id}`),
    },
  ]);
  return (
    <DataTable
      caption="Issues, newest first"
      rows={issues}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/issues/${id}`}
      activeKey={active?.id}
      columns={columns}
      nextHref={nextHref}
      empty={
        <EmptyState title="No issues here">
          Confirm the cause of a discrepancy, then put it into an issue with others like it.
        </EmptyState>
      }
    />
  );
}

const columns: Column<IssueView>[] = [
  {
    id: "title",
    header: "Issue",
    role: "primary",
    cell: ({ title, app, type, status, discrepancies }) => (
      <span className="flex min-w-0 flex-col py-0.5">
        <span className="line-clamp-2 font-semibold">
          <UntrustedInline text={title} />
        </span>
        <span className="text-xs font-normal text-muted-foreground">
          {app.name} · {type.name}
          <span className="md:hidden"> · {counted(discrepancies, "decision")}</span>
        </span>
        <span className="mt-1 md:hidden">
          <IssueBadge status={status} />
        </span>
      </span>
    ),
  },
  { id: "cause", header: "Cause", className: "w-28 max-md:hidden", cell: ({ cause }) => causeWords[cause] },
  {
    id: "count",
    header: "Decisions",
    align: "end",
    className: "w-28 max-md:hidden",
    cell: ({ discrepancies }) => discrepancies.toLocaleString("en"),
  },
  {
    id: "cost",
    header: "At stake",
    align: "end",
    className: "w-32 max-md:hidden",
    cell: ({ cost }) => <Money {...cost} />,
  },
  {
    id: "owner",
    header: "Owner",
    className: "max-lg:hidden",
    cell: ({ owner }) => owner?.name ?? <span className="text-subtle-foreground">nobody</span>,
  },
  {
    id: "opened",
    header: "Opened",
    className: "w-28 max-lg:hidden",
    cell: ({ created_at }) => <Time at={created_at} />,
  },
  {
    id: "status",
    header: "Status",
    className: "w-28 max-md:hidden",
    cell: ({ status }) => <IssueBadge status={status} />,
  },
];
