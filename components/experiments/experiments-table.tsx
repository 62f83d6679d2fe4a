"use client";

import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import type { ExperimentView } from "@/lib/experiments/experiments";
import {
  gateTones,
  gateWords,
  isUnderWay,
  progressSentence,
  statusTones,
  statusWords,
} from "@/lib/experiments/words";

type Props = { experiments: ExperimentView[]; mayRun: boolean; nextHref?: string | undefined };

/** Experiments, newest first, with how far they are and what their gate said. */
export function ExperimentsTable({ experiments, mayRun, nextHref }: Props) {
  return (
    <DataTable
      caption="Experiments"
      rows={experiments}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/experiments/${id}`}
      columns={columns}
      nextHref={nextHref}
      empty={
        <EmptyState
          title="No experiment yet"
          action={mayRun ? <ButtonLink href="/experiments/new">New experiment</ButtonLink> : undefined}
        >
          An experiment asks candidates about the same cases, and says which of them is wrong less often.
        </EmptyState>
      }
    />
  );
}

const columns: Column<ExperimentView>[] = [
  { id: "name", header: "Name", role: "primary", cell: ({ name }) => name },
  { id: "app", header: "App", className: "max-md:hidden", cell: ({ app }) => app.name },
  {
    id: "on",
    header: "Dataset",
    className: "max-lg:hidden",
    cell: ({ dataset }) => `${dataset.name} v${dataset.version}`,
  },
  {
    id: "status",
    header: "Status",
    className: "w-48",
    cell: (experiment) =>
      isUnderWay(experiment.status) ? (
        <span className="flex flex-col gap-1 text-xs tabular-nums">
          {progressSentence(experiment)}
          <Progress
            label={`Progress of ${experiment.name}`}
            value={experiment.total > 0 ? experiment.done / experiment.total : undefined}
          />
        </span>
      ) : (
        <Badge tone={statusTones[experiment.status]}>{statusWords[experiment.status]}</Badge>
      ),
  },
  {
    id: "gate",
    header: "Gate",
    cell: ({ gate }) => (gate === null ? "–" : <Badge tone={gateTones[gate]}>{gateWords[gate]}</Badge>),
  },
  {
    id: "made",
    header: "Started",
    className: "max-lg:hidden",
    cell: ({ created_at, created_by }) => (
      <>
        <Time at={created_at} /> by {created_by}
      </>
    ),
  },
];
