"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-row";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorCard } from "@/components/ui/error-card";
import { Money } from "@/components/ui/money";
import { SkeletonRows } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { FlipView } from "@/lib/autonomy/threshold-endpoints";
import type { WhatIf } from "@/lib/autonomy/what-if";
import { count } from "./figure-texts";
import { type Asked, flipsOf, ThresholdProblem } from "./threshold-queries";
import { formatConfidence } from "@/lib/kernel/confidence";
import { thresholdText } from "@/lib/autonomy/threshold-text";

type Props = { asked: Asked; threshold: number; figures: WhatIf };

/** The past decisions themselves that would have gone another way. */
export function FlipList({ asked, threshold, figures }: Props) {
  const query = useInfiniteQuery(flipsOf(asked, threshold));
  const rows = query.data?.pages.flatMap(({ data }) => data);
  const { alone, person } = figures.flips;
  return (
    <Card aria-labelledby="flips-title" className="min-w-0">
      <CardHeader
        id="flips-title"
        title="Which decisions would have gone another way?"
        description={`From ${thresholdText(threshold)} up, ${count(alone)} that a person saw would have run alone, and ${count(person)} that ran alone would have come to a person.`}
      />
      <CardBody>
        {rows ? (
          <DataTable
            caption="Decisions that would have gone another way, newest first"
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            rowHref={({ id }) => `/decisions/${id}`}
            empty={
              <EmptyState title="None">At this threshold each past decision goes where it went.</EmptyState>
            }
            refetching={query.isFetching && !query.isFetchingNextPage}
            {...(query.hasNextPage ? { onLoadMore: () => void query.fetchNextPage() } : {})}
            loadingMore={query.isFetchingNextPage}
          />
        ) : query.error ? (
          <ErrorCard
            message={query.error.message}
            requestId={query.error instanceof ThresholdProblem ? query.error.requestId : undefined}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <SkeletonRows rows={6} label="Loading decisions" />
        )}
      </CardBody>
    </Card>
  );
}

const columns: Column<FlipView>[] = [
  {
    id: "summary",
    header: "Decision",
    role: "primary",
    cell: ({ summary }) => <UntrustedInline text={summary} />,
  },
  {
    id: "confidence",
    header: "Confidence",
    align: "end",
    cell: ({ confidence }) => <span className="tabular-nums">{formatConfidence(confidence)}</span>,
  },
  { id: "went", header: "Went", cell: ({ route }) => <StatusBadge kind="route" status={route} /> },
  {
    id: "would",
    header: "Would",
    cell: ({ would }) =>
      would === "alone" ? (
        <Badge tone="auto">Run alone</Badge>
      ) : (
        <Badge tone="review">Come to a person</Badge>
      ),
  },
  { id: "verdict", header: "The proposal was", cell: (flip) => <Verdict flip={flip} /> },
  {
    id: "amount",
    header: "Amount",
    align: "end",
    cell: ({ amount }) =>
      amount ? <Money {...amount} /> : <span className="text-subtle-foreground">–</span>,
  },
  { id: "at", header: "When", align: "end", cell: ({ created_at }) => <Time at={created_at} /> },
];

const sources = { review: "a reviewer", audit: "an auditor", outcome: "its outcome" } as const;

function Verdict({ flip: { verdict, verdict_by } }: { flip: FlipView }) {
  if (verdict === null || verdict_by === null)
    return <span className="text-subtle-foreground">not known</span>;
  return (
    <span className={verdict === "right" ? "text-approved-text" : "text-declined-text"}>
      {verdict === "right" ? "right" : "wrong"}
      <span className="text-xs text-muted-foreground">, by {sources[verdict_by]}</span>
    </span>
  );
}
