"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { whenIdle } from "@/components/shell/when-idle";
import { Countdown } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { reviewDetail, reviewListsKey, reviewsKey } from "@/lib/reviews/client";
import type { BulkResult } from "@/lib/reviews/bulk";
import type { Ruling } from "@/lib/reviews/schema";
import { pastOf } from "@/lib/reviews/words";
import { afterPaint } from "./after-paint";
import { type Answer, reached, type ReviewActions, type Staged } from "./answers";
import { keepGiven, showsReviews } from "./given";
import { loadKeptNotice } from "./kept-door";
import { type Keepable, keptOf } from "./kept-verdict";
import { keepVerdict } from "./kept-verdicts";
import { pass, unpass } from "./passed";
import { type About as Announced, capital, useGiven } from "./use-given";

type About = Announced & Keepable;
type Options = {
  actions: ReviewActions;
  /** Who is ruling. */
  me: string;
  /** A verdict was taken back, or could not be given: the review is to be seen again. */
  onReturn: (reviewId: string) => void;
};

const leftMs = (at: string) => Date.parse(at) - Date.now();

/** Giving verdicts and taking the last one back; the server owns the undo timer, this only shows it. */
export function useVerdicts({ actions, me, onReturn }: Options) {
  const client = useQueryClient();
  const { toast } = useToast();
  const { announce, announceKept, undo, takeBack, undoLast, seeAgain } = useGiven(actions, me);
  useEffect(() => showsReviews(onReturn));
  useEffect(() => whenIdle(() => void loadKeptNotice()), []);

  async function give(about: About, ruling: Ruling): Promise<Answer<Staged>> {
    pass(about.id);
    await new Promise<void>(afterPaint);
    const { answer, waitedMs } = await timed(() => actions.stage({ reviewId: about.id, ruling }));
    if (answer.ok) announce(about, ruling, answer.data, waitedMs);
    else if (answer.error.code === "unreachable") unsent(about, ruling, answer.error.message);
    else refused(about, answer.error);
    // Of the others nothing changed: those read ahead are as fresh as they were.
    const refetchType = answer.ok ? "none" : "active";
    for (const queryKey of [reviewListsKey, reviewDetail(about.id).queryKey])
      void client.invalidateQueries({ queryKey, refetchType });
    return answer;
  }

  /** It may have arrived all the same: the server takes what is kept once. */
  function unsent(about: About, ruling: Ruling, message: string): void {
    const kept = keptOf(about, ruling, me, new Date());
    if (typeof kept === "string") refused(about, { message: `${message} ${kept}` });
    else if (keepVerdict(kept)) announceKept(about, ruling);
    else refused(about, { message });
  }

  function refused(about: About, { message, requestId }: { message: string; requestId?: string }): void {
    unpass(about.id);
    toast({
      tone: "error",
      title: message,
      description: (
        <>
          Your verdict changed nothing: <UntrustedInline text={about.summary} />
          {requestId ? <span className="block text-xs">Request {requestId}</span> : null}
        </>
      ),
      action: { label: "See it", onAction: () => seeAgain(about.id) },
    });
  }

  /** Says what became of many that were ruled on alike; they are taken back together. */
  function announceMany(
    verdict: Ruling["verdict"],
    { given: count, effective_at, results }: BulkResult,
  ): void {
    const ids = results.filter(({ ok }) => ok).map(({ id }) => id);
    for (const id of ids) pass(id);
    void client.invalidateQueries({ queryKey: reviewsKey });
    if (count === 0 || effective_at === null) return;
    const toastId = toast({
      tone: verdict === "decline" ? "info" : "success",
      title: `${capital(pastOf[verdict])} ${count}`,
      description: (
        <>
          Takes effect in <Countdown at={effective_at} />
        </>
      ),
      action: undo(ids),
      durationMs: Math.max(2000, leftMs(effective_at)),
    });
    keepGiven({ ids, toastId });
  }

  return { give, announceMany, takeBack, undoLast };
}

async function timed<T>(call: () => Promise<Answer<T>>): Promise<{ answer: Answer<T>; waitedMs: number }> {
  const asked = performance.now();
  const answer = await reached(call);
  return { answer, waitedMs: performance.now() - asked };
}
