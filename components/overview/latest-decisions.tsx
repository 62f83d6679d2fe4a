"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { Answer } from "@/components/identity/use-submit";
import { useLive } from "@/components/reviews/use-live";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { DecisionRow } from "@/lib/decisions/list";
import { formatConfidence } from "@/lib/kernel/confidence";
import { Standing } from "@/components/decisions/standing";

type Props = {
  initial: DecisionRow[];
  read: (input: Record<string, never>) => Promise<Answer<DecisionRow[]>>;
};

const queryKey = ["decisions", "latest"];

/** The last decisions, live. */
export function LatestDecisions({ initial, read }: Props) {
  const { data } = useQuery({
    queryKey,
    queryFn: async () => {
      const answer = await read({});
      if (answer.ok) return answer.data;
      throw new Error(answer.error.message);
    },
    initialData: initial,
  });
  useLive([{ events: "decision.", queryKey }]);
  return (
    <Card aria-labelledby="latest" className="overflow-hidden">
      <CardHeader
        id="latest"
        title="Latest decisions"
        className="pb-2"
        actions={
          <Link
            href="/decisions"
            prefetch={false}
            className="inline-flex min-h-6 items-center text-xs font-semibold text-primary-text hover:underline"
          >
            All decisions
          </Link>
        }
      />
      {data.length === 0 ? (
        <EmptyState title="No decisions yet">
          The first one shows up here the moment it is submitted.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {data.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Line({ row }: { row: DecisionRow }) {
  return (
    <li className="relative flex flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 py-2 hover:bg-surface-2">
      <div className="min-w-0 grow basis-60">
        <Link
          href={`/decisions/${row.id}`}
          prefetch={false}
          className="line-clamp-1 text-sm font-semibold after:absolute after:inset-0"
        >
          {row.predicted === "negative" ? <span className="text-muted-foreground">Do not: </span> : null}
          <UntrustedInline text={row.summary} />
        </Link>
        <p className="truncate text-xs text-muted-foreground">
          {row.app.name} · <Time at={row.created_at} />
          {row.confidence === null ? null : ` · confidence ${formatConfidence(row.confidence)}`}
        </p>
      </div>
      <span className="flex flex-wrap gap-1">
        <Standing {...row} />
      </span>
    </li>
  );
}
