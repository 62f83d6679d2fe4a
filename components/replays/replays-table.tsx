"use client";

import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { isUnderWay, replaysQuery } from "@/lib/autonomy/client";
import type { ReplayView } from "@/lib/autonomy/replay-views";
import {
  count,
  draftWords,
  periodWords,
  progressWords,
  replayStatusWords,
  shareDone,
} from "@/lib/autonomy/replay-words";
import type { List } from "@/lib/kernel/list";

type Props = { appId: string; replays: List<ReplayView>; after?: string | undefined; mayRun: boolean };

/** Replays of an app, newest first; those under way move by themselves. */
export function ReplaysTable({ appId, replays, after, mayRun }: Props) {
  const { data } = useQuery({ ...replaysQuery(appId, after), initialData: replays });
  const last = data.data.at(-1);
  return (
    <DataTable
      caption="Replays"
      rows={data.data}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/apps/${appId}/replays/${id}`}
      columns={columns}
      nextHref={data.has_more && last ? `/apps/${appId}/replays?after=${last.id}` : undefined}
      empty={
        <EmptyState
          title="No replay yet"
          action={
            mayRun ? <ButtonLink href={`/apps/${appId}/replays/new`}>Try out a draft</ButtonLink> : undefined
          }
        >
          A replay routes past decisions again under a draft, and says what would have been otherwise.
        </EmptyState>
      }
    />
  );
}

const tones = {
  pending: "idle",
  running: "accent",
  done: "approved",
  failed: "declined",
  cancelled: "idle",
} as const;

const columns: Column<ReplayView>[] = [
  { id: "draft", header: "Draft", role: "primary", cell: draftWords },
  { id: "period", header: "Tried on", className: "max-md:hidden", cell: periodWords },
  {
    id: "status",
    header: "Status",
    className: "w-48",
    cell: (replay) =>
      isUnderWay(replay) ? (
        <span className="flex flex-col gap-1 text-xs tabular-nums">
          {progressWords(replay)}
          <Progress label={`Gone through for ${draftWords(replay)}`} value={shareDone(replay)} />
        </span>
      ) : (
        <Badge tone={tones[replay.status]}>{replayStatusWords[replay.status]}</Badge>
      ),
  },
  {
    id: "alone",
    header: "Would run alone",
    align: "end",
    className: "max-lg:hidden",
    cell: ({ result }) =>
      result
        ? `${count(result.now.alone)} → ${count(result.draft.alone)} of ${count(result.decisions)}`
        : "–",
  },
  {
    id: "flips",
    header: "Opened",
    align: "end",
    className: "max-md:hidden",
    cell: ({ result, opened }) => (result ? `${count(opened)} of ${count(result.flips.listed)}` : "–"),
  },
  {
    id: "made",
    header: "Asked for",
    className: "max-lg:hidden",
    cell: ({ created_at, created_by }) => (
      <>
        <Time at={created_at} /> by {created_by}
      </>
    ),
  },
];
