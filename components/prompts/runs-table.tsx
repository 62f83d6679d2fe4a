"use client";

import Link from "next/link";
import { costText, latencyText } from "@/components/models/model-words";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { formatConfidence } from "@/lib/kernel/confidence";
import type { RunPurpose, RunStatus } from "@/lib/models/vocabulary";
import type { RunView } from "@/lib/prompts/run-endpoints";
import { purposeWords } from "./run-words";

const tones: Record<RunStatus, { word: string; tone: "approved" | "declined" | "escalated" | "auto" }> = {
  running: { word: "Being asked", tone: "auto" },
  succeeded: { word: "Answered", tone: "approved" },
  failed: { word: "Failed", tone: "declined" },
  interrupted: { word: "Interrupted", tone: "escalated" },
};

const columns: Column<RunView>[] = [
  {
    id: "status",
    header: "Run",
    cell: ({ status, error, calls }) => (
      <span className="flex flex-col items-start gap-0.5">
        <Badge tone={tones[status].tone}>{tones[status].word}</Badge>
        {error ? (
          <span className="line-clamp-2 max-w-72 text-xs text-muted-foreground">
            <UntrustedInline text={calls > 1 ? `${error} (${calls} calls)` : error} />
          </span>
        ) : null}
      </span>
    ),
  },
  { id: "purpose", header: "For", cell: ({ purpose }: { purpose: RunPurpose }) => purposeWords[purpose] },
  {
    id: "prompt",
    header: "Prompt",
    className: "max-md:hidden",
    cell: ({ prompt, model }) => (
      <span className="flex flex-col">
        {prompt ? <code className="font-mono text-xs">{prompt.name}</code> : null}
        <span className="text-xs text-muted-foreground">{model.name}</span>
      </span>
    ),
  },
  {
    id: "decision",
    header: "Decision",
    className: "max-lg:hidden",
    cell: ({ decision }) =>
      decision ? (
        <Link
          href={`/decisions/${decision}`}
          prefetch={false}
          className="font-mono text-xs underline underline-offset-2"
        >
          {decision}
        </Link>
      ) : null,
  },
  {
    id: "confidence",
    header: "Confidence",
    align: "end",
    className: "max-md:hidden",
    cell: ({ confidence }) => (confidence === null ? null : formatConfidence(confidence)),
  },
  {
    id: "tokens",
    header: "Tokens in, out",
    align: "end",
    className: "max-lg:hidden",
    cell: (run) => (run.input_tokens === null ? null : `${run.input_tokens}, ${run.output_tokens ?? 0}`),
  },
  {
    id: "cost",
    header: "Cost",
    align: "end",
    className: "max-lg:hidden",
    cell: (run) => (run.input_tokens === null ? null : costText(run.cost_micros, run.model.currency)),
  },
  {
    id: "latency",
    header: "Took",
    align: "end",
    className: "max-md:hidden",
    cell: (run) => (run.latency_ms === null ? null : latencyText(run.latency_ms)),
  },
  {
    id: "masked",
    header: "Masked",
    align: "end",
    className: "max-lg:hidden",
    cell: ({ masked }) => masked,
  },
  { id: "age", header: "Age", align: "end", cell: ({ created_at: at }) => <Time at={at} /> },
];

/** What models were asked and what became of it, newest first. */
export function RunsTable({ runs, nextHref }: { runs: RunView[]; nextHref?: string }) {
  return (
    <DataTable
      caption="Runs"
      columns={columns}
      rows={runs}
      rowKey={(run) => run.id}
      nextHref={nextHref}
      empty={
        <EmptyState title="No runs here">
          Every question to a model is one: decisions made from inputs, shadow answers, the playground,
          experiments.
        </EmptyState>
      }
    />
  );
}
