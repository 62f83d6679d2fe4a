"use client";

import { formatConfidence } from "@/lib/kernel/confidence";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import type { Column } from "@/components/ui/data-row";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ReviewTab } from "@/lib/reviews/schema";
import type { Viewer } from "./answers";
import { Due } from "./due";
import { reasonChip } from "./reason-words";
import { SeverityMark } from "./severity-mark";
import type { InboxRow } from "./use-steady-rows";

type Options = {
  tab: ReviewTab;
  viewer: Viewer;
  selected: ReadonlySet<string>;
  onSelect: (id: string) => void;
};

/** The columns of an inbox list; a phone sees the proposal, what is at stake and the time left. */
export function inboxColumns({ tab, viewer, selected, onSelect }: Options): Column<InboxRow>[] {
  const resolved = tab === "resolved";
  const columns: (Column<InboxRow> | false)[] = [
    viewer.mayRule &&
      !resolved && {
        id: "select",
        header: <span className="sr-only">Selected</span>,
        role: "interactive" as const,
        className: "w-9 max-md:hidden",
        cell: (row) => (
          <Checkbox
            label={`Select ${row.summary}`}
            hideLabel
            checked={selected.has(row.id)}
            onChange={() => onSelect(row.id)}
          />
        ),
      },
    {
      id: "due",
      header: resolved ? "Verdict" : "Time left",
      className: "w-32",
      // As wide before the clock is known as after it, or the rows beside it would wrap anew.
      cell: (row) => (
        <span className="block min-w-24">{resolved ? <VerdictOf row={row} /> : <Due review={row} />}</span>
      ),
    },
    {
      id: "severity",
      header: "Severity",
      className: "w-24 max-md:hidden",
      cell: (row) => <SeverityMark severity={row.severity} />,
    },
    {
      id: "proposal",
      header: "Proposal",
      role: "primary",
      // The rest of the width, however long its line is.
      className: "w-full max-w-0 max-md:min-w-48 md:min-w-60",
      cell: (row) => <Proposal row={row} />,
    },
    {
      id: "amount",
      header: "Amount",
      align: "end",
      className: "max-lg:hidden",
      cell: (row) =>
        row.amount ? <Money {...row.amount} /> : <span className="text-subtle-foreground">–</span>,
    },
    {
      id: "confidence",
      header: "Confidence",
      align: "end",
      className: "max-lg:hidden",
      cell: (row) => <Confidence row={row} />,
    },
    { id: "why", header: "Why here", className: "max-xl:hidden", cell: (row) => <Reasons row={row} /> },
    {
      id: "age",
      header: resolved ? "Resolved" : "Age",
      className: "w-28 max-md:hidden",
      cell: (row) => <Time at={row.resolved_at ?? row.opened_at} />,
    },
    {
      id: "holder",
      header: resolved ? "By" : "Held by",
      className: "max-md:hidden",
      cell: (row) => <Holder row={row} viewer={viewer} />,
    },
  ];
  return columns.filter((column) => column !== false);
}

function Proposal({ row }: { row: InboxRow }) {
  return (
    <span className="flex min-w-0 flex-col">
      <span
        className={cn(
          "line-clamp-2 text-base font-semibold",
          row.gone ? "text-subtle-foreground line-through" : "text-foreground",
        )}
      >
        <UntrustedInline text={row.summary} />
      </span>
      <span className="truncate text-xs font-normal text-muted-foreground">
        {row.returned ? `${returnedWords[row.returned.code]} · ` : null}
        {row.kind === "appeal" ? "Appeal · " : null}
        {row.predicted === "negative" ? "Model advises against · " : null}
        {row.app.name}
        {row.subject ? (
          <>
            {" · "}
            <UntrustedInline text={`${row.subject.type} ${row.subject.id}`} />
          </>
        ) : null}
        {row.gone ? " · no longer here" : null}
      </span>
    </span>
  );
}

const returnedWords = {
  changed: "Came back: changed since it was approved",
  over_budget: "Came back: over budget",
  lapsed: "Came back: the approval lapsed",
  stepped_down: "Came back: autonomy was taken back",
};

function Confidence({ row }: { row: InboxRow }) {
  if (row.confidence === null) return <span className="text-subtle-foreground">none given</span>;
  return <span className="tabular-nums">{formatConfidence(row.confidence)}</span>;
}

function Reasons({ row }: { row: InboxRow }) {
  const [first, ...rest] = row.reasons;
  if (!first) return null;
  return (
    <span className="flex gap-1" title={row.reasons.map(({ message }) => message).join("; ")}>
      <Badge tone="review">{reasonChip(first)}</Badge>
      {rest.length > 0 ? <Badge look="outline">+{rest.length}</Badge> : null}
    </span>
  );
}

function VerdictOf({ row }: { row: InboxRow }) {
  if (row.verdict) return <StatusBadge kind="verdict" status={row.verdict} />;
  return <StatusBadge kind="review" status={row.status} />;
}

function Holder({ row, viewer }: { row: InboxRow; viewer: Viewer }) {
  const who = row.resolved_by ?? row.held_by;
  if (!who && row.assigned_to) {
    return (
      <span className="truncate text-muted-foreground">
        for {row.assigned_to.id === viewer.id ? "you" : row.assigned_to.name}
      </span>
    );
  }
  if (!who) return <span className="text-subtle-foreground">–</span>;
  return <span className="truncate">{who.id === viewer.id ? "You" : who.name}</span>;
}
