"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { DiscrepancySummary, IssueView } from "@/lib/discrepancies/schema";
import { pairWords } from "@/lib/discrepancies/sides";
import type { AttachActions } from "./actions";
import { AttachBar } from "./attach-bar";
import { causeWords, DiscrepancyBadge } from "./status";

type Props = {
  discrepancies: DiscrepancySummary[];
  nextHref?: string | undefined;
  empty: { title: string; sentence: string };
  /** Where confirmed ones can be put; left out: nothing is selected here. */
  attach?: { issues: IssueView[]; actions: AttachActions } | undefined;
};

/** Discrepancies, newest first; the keyboard walks them, opens one, selects several for an issue. */
export function DiscrepanciesTable({ discrepancies, nextHref, empty, attach }: Props) {
  const router = useRouter();
  const [at, setAt] = useState(-1);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const active = discrepancies[at];
  const some = discrepancies.length > 0;
  const move = (by: number) => setAt((was) => Math.min(discrepancies.length - 1, Math.max(0, was + by)));
  const toggle = (id: string) =>
    setChosen((was) => (was.includes(id) ? was.filter((each) => each !== id) : [...was, id]));
  useShortcuts("Discrepancies", [
    { id: "next", label: "Next discrepancy", when: some, run: () => move(1) },
    { id: "previous", label: "Previous discrepancy", when: some, run: () => move(-1) },
    {
      id: "open",
      label: "Open the discrepancy",
      when: active !== undefined,
      run: () => active && router.push(`/discrepancies/${active.id}`),
    },
    {
      id: "select",
      label: "Select for an issue",
      when: attach !== undefined && active !== undefined,
      run: () => active && toggle(active.id),
    },
  ]);
  return (
    <>
      {attach ? (
        <AttachBar
          chosen={discrepancies.filter(({ id }) => chosen.includes(id))}
          issues={attach.issues}
          actions={attach.actions}
          onDone={() => setChosen([])}
        />
      ) : null}
      <DataTable
        caption="Discrepancies, newest first"
        rows={discrepancies}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/discrepancies/${id}`}
        activeKey={active?.id}
        columns={attach ? [boxes(chosen, toggle), ...columns] : columns}
        nextHref={nextHref}
        empty={<EmptyState title={empty.title}>{empty.sentence}</EmptyState>}
      />
    </>
  );
}

function boxes(chosen: readonly string[], toggle: (id: string) => void): Column<DiscrepancySummary> {
  return {
    id: "select",
    header: <span className="sr-only">Select</span>,
    role: "interactive",
    className: "w-10",
    cell: ({ id, summary }) => (
      <Checkbox
        label={`Select ${summary}`}
        hideLabel
        checked={chosen.includes(id)}
        onChange={() => toggle(id)}
      />
    ),
  };
}

const columns: Column<DiscrepancySummary>[] = [
  {
    id: "summary",
    header: "Action in question",
    role: "primary",
    cell: ({ summary, app, pairs, status, opened_at }) => (
      <span className="flex min-w-0 flex-col py-0.5">
        <span className="line-clamp-2 font-semibold">
          <UntrustedInline text={summary} />
        </span>
        <span className="text-xs font-normal text-muted-foreground">
          {app.name}
          <span className="md:hidden">
            {" · "}
            <Time at={opened_at} />
          </span>
        </span>
        <span className="mt-1 flex flex-wrap gap-1 md:hidden">
          <DiscrepancyBadge status={status} />
          {pairs.slice(0, 2).map((pair) => (
            <Badge key={pair} look="outline">
              {pairWords(pair)}
            </Badge>
          ))}
        </span>
      </span>
    ),
  },
  {
    id: "pairs",
    header: "Who disagrees",
    className: "max-md:hidden",
    cell: ({ pairs }) => (
      <span className="flex flex-wrap gap-1">
        {pairs.slice(0, 2).map((pair) => (
          <Badge key={pair} look="outline">
            {pairWords(pair)}
          </Badge>
        ))}
        {pairs.length > 2 ? <span className="text-xs text-muted-foreground">+{pairs.length - 2}</span> : null}
        {pairs.length === 0 ? <span className="text-xs text-muted-foreground">Nobody any more</span> : null}
      </span>
    ),
  },
  { id: "cause", header: "Cause", className: "w-40 max-md:hidden", cell: (row) => <CauseCell row={row} /> },
  {
    id: "amount",
    header: "Amount",
    align: "end",
    className: "w-28 max-lg:hidden",
    cell: ({ amount }) => (amount ? <Money {...amount} /> : "–"),
  },
  {
    id: "opened",
    header: "Opened",
    className: "w-28 max-lg:hidden",
    cell: ({ opened_at }) => <Time at={opened_at} />,
  },
  {
    id: "status",
    header: "Status",
    className: "w-32 max-md:hidden",
    cell: ({ status }) => <DiscrepancyBadge status={status} />,
  },
];

function CauseCell({ row }: { row: DiscrepancySummary }) {
  if (row.cause) {
    return (
      <span className="flex flex-col">
        {causeWords[row.cause]}
        {row.issue ? (
          <span className="line-clamp-1 text-xs text-muted-foreground">{row.issue.title}</span>
        ) : null}
      </span>
    );
  }
  if (!row.proposed_cause) return <span className="text-subtle-foreground">–</span>;
  return <span className="text-muted-foreground">{causeWords[row.proposed_cause]} (proposed)</span>;
}
