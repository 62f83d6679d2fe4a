"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { orThrow, type Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Progress } from "@/components/ui/progress";
import { useToast } from "@/components/ui/toast";
import { isUnderWay, replayQuery } from "@/lib/autonomy/client";
import type { FlipView, ReplayView } from "@/lib/autonomy/replay-views";
import { milestoneWords, progressWords, shareDone } from "@/lib/autonomy/replay-words";
import { FlipList, type OpenFlip } from "./flip-list";
import { ReplayFigures } from "./replay-figures";
import { ReplayFlow } from "./replay-flow";

type Cancel = (input: { replay: string }) => Promise<Answer<ReplayView>>;
type Props = { replay: ReplayView; flips: FlipView[]; open: OpenFlip; cancel?: Cancel | undefined };

/** One replay from waiting to its result. What it shows survives a reload, because it is only ever read. */
export function ReplayBoard({ replay: initial, flips, open, cancel }: Props) {
  const { data: replay } = useQuery({ ...replayQuery(initial.id), initialData: initial });
  useRefreshWhenDone(replay);
  return (
    <>
      <p role="status" aria-live="polite" className="sr-only">
        {milestoneWords(replay)}
      </p>
      {isUnderWay(replay) ? <UnderWay replay={replay} cancel={cancel} /> : null}
      {replay.status === "failed" || replay.status === "cancelled" ? <Ended replay={replay} /> : null}
      {replay.status === "done" && replay.result ? (
        replay.result.decisions === 0 ? (
          <Nothing replay={replay} />
        ) : (
          <>
            <ReplayFlow result={replay.result} />
            <ReplayFigures replay={replay} result={replay.result} />
            <FlipList replay={replay} result={replay.result} flips={flips} open={open} />
          </>
        )
      ) : null}
    </>
  );
}

/** The list of flips comes with the page: it is read again once there is one. */
function useRefreshWhenDone({ status }: ReplayView): void {
  const router = useRouter();
  const was = useRef(status);
  useEffect(() => {
    if (was.current !== status && status === "done") router.refresh();
    was.current = status;
  }, [status, router]);
}

function UnderWay({ replay, cancel }: { replay: ReplayView; cancel: Cancel | undefined }) {
  const client = useQueryClient();
  const { toast } = useToast();
  const { mutate, isPending } = useMutation({
    mutationFn: (send: Cancel) => orThrow(send({ replay: replay.id })),
    onSuccess: (view) => client.setQueryData(replayQuery(replay.id).queryKey, view),
    onError: ({ message }) => toast({ title: "It was not cancelled", description: message, tone: "error" }),
  });
  return (
    <Card>
      <CardBody className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-md font-semibold tabular-nums">{progressWords(replay)}</p>
          {cancel ? (
            <Button size="sm" pending={isPending} onClick={() => mutate(cancel)}>
              Cancel
            </Button>
          ) : null}
        </div>
        <Progress label="Decisions gone through" value={shareDone(replay)} className="h-2" />
        <p className="text-sm text-muted-foreground">
          It goes on while you do something else: come back to this page any time.
        </p>
      </CardBody>
    </Card>
  );
}

function Ended({ replay }: { replay: ReplayView }) {
  const isFailed = replay.status === "failed";
  return (
    <Card>
      <EmptyState
        title={isFailed ? "The replay failed" : "The replay was cancelled"}
        action={<ButtonLink href={`/apps/${replay.app.id}/replays/new`}>New replay</ButtonLink>}
      >
        {isFailed
          ? `${replay.error ?? "It could not be finished"}.`
          : "Nothing came of it, and nothing was changed."}
      </EmptyState>
    </Card>
  );
}

function Nothing({ replay }: { replay: ReplayView }) {
  return (
    <Card>
      <EmptyState
        title="No decision in this period"
        action={<ButtonLink href={`/apps/${replay.app.id}/replays/new`}>Choose another period</ButtonLink>}
      >
        There was nothing to try the draft on.
      </EmptyState>
    </Card>
  );
}
