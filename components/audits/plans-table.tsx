"use client";

import { ButtonLink } from "@/components/ui/button-link";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-row";
import { EmptyState } from "@/components/ui/empty-state";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { planKindWords } from "@/lib/audits/client";
import type { PlanSummary } from "@/lib/audits/plans";
import { PlanStatusBadge } from "./plan-status-badge";

type Props = { plans: PlanSummary[]; mayPlan: boolean; nextHref?: string | undefined };

/** Sampling plans, newest first. */
export function PlansTable({ plans, mayPlan, nextHref }: Props) {
  return (
    <DataTable
      caption="Sampling plans"
      rows={plans}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/audits/plans/${id}`}
      columns={columns}
      nextHref={nextHref}
      empty={
        <EmptyState
          title="No sampling plan yet"
          action={mayPlan ? <ButtonLink href="/audits/plans/new">Write a plan</ButtonLink> : undefined}
        >
          Routing already draws a share of what runs alone. A plan draws more of the past, where you want to
          know more.
        </EmptyState>
      }
    />
  );
}

const columns: Column<PlanSummary>[] = [
  { id: "name", header: "Plan", role: "primary", cell: ({ name }) => name },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <PlanStatusBadge status={status} />,
  },
  { id: "kind", header: "Chooses", className: "max-md:hidden", cell: ({ kind }) => planKindWords[kind].word },
  {
    id: "judges",
    header: "Auditors",
    align: "end",
    className: "max-lg:hidden",
    cell: ({ judges_needed }) => judges_needed,
  },
  {
    id: "judged",
    header: "Judged",
    className: "w-40",
    cell: ({ status, progress, name }) => {
      const all = progress.drawn + progress.audited_before;
      if (status === "draft") return "Not drawn yet";
      return (
        <span className="flex flex-col gap-1 text-xs tabular-nums">
          {progress.judged.toLocaleString("en")} of {all.toLocaleString("en")}
          <Progress label={`Judged of ${name}`} value={all === 0 ? 0 : progress.judged / all} />
        </span>
      );
    },
  },
  {
    id: "made",
    header: "Written",
    className: "max-md:hidden",
    cell: ({ created_at, created_by }) => (
      <>
        <Time at={created_at} /> by {created_by}
      </>
    ),
  },
];
