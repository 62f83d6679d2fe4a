"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Countdown } from "@/components/ui/time";
import { useKeyOf } from "@/components/shell/keymap";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { reviewDetail, reviewListsKey, reviewsKey } from "@/lib/reviews/client";
import type { ApprovalState } from "@/lib/reviews/approvals";
import type { BulkResult } from "@/lib/reviews/bulk";
import type { Ruling } from "@/lib/reviews/schema";
import { pastOf } from "@/lib/reviews/words";
import { afterPaint } from "./after-paint";
import { type Answer, reached, type ReviewActions, type Staged } from "./answers";
import { forgetGiven, keepGiven, latestGiven, showAgain, showsReviews, toastOf } from "./given";
import { pass, unpass } from "./passed";

type About = { id: string; summary: string; approvals?: Pick<ApprovalState, "rule" | "missing"> };
type Options = {
  actions: ReviewActions;
  /** A verdict was taken back, or could not be given: the review is to be seen again. */
  onReturn: (reviewId: string) => void;
};

const leftMs = (at: string) => Date.parse(at) - Date.now();
// An approval that is not the last one carries nothing out yet; an edit under a rule is for others to approve.
function titleOf({ approvals }: About, { verdict }: Ruling): string {
  const done = capital(pastOf[verdict]);
  if (!approvals?.rule) return done;
  if (verdict === "edit") return `${done}; others approve it as it is now`;
  return verdict === "approve" && approvals.missing > 1 ? `${done}; another person has to as well` : done;
}
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Giving verdicts and taking the last one back; the server owns the undo timer, this only shows it. */
export function useVerdicts({ actions, onReturn }: Options) {
  const client = useQueryClient();
  const { toast, dismiss } = useToast();
  const keyOf = useKeyOf();
  const router = useRouter();
  useEffect(() => showsReviews(onReturn));
  const seeAgain = (id: string) => {
    if (!showAgain(id)) router.push(`/inbox/${id}`);
  };
  const undo = (ids: string[]) => ({
    label: "Undo",
    shortcut: keyOf("undo"),
    onAction: () => void takeBack(ids),
  });

  async function give(about: About, ruling: Ruling): Promise<Answer<Staged>> {
    pass(about.id);
    await new Promise<void>(afterPaint);
    const { answer, waitedMs } = await timed(() => actions.stage({ reviewId: about.id, ruling }));
    if (answer.ok) announce(about, ruling, answer.data, waitedMs);
    else {
      unpass(about.id);
      refused(about, answer.error.message, answer.error.requestId);
    }
    // Of the others nothing changed: those read ahead are as fresh as they were.
    const refetchType = answer.ok ? "none" : "active";
    for (const queryKey of [reviewListsKey, reviewDetail(about.id).queryKey])
      void client.invalidateQueries({ queryKey, refetchType });
    return answer;
  }

  function announce(
    about: About,
    ruling: Ruling,
    { effectiveAt, undoSeconds }: Staged,
    waitedMs: number,
  ): void {
    const toastId = toast({
      tone: ruling.verdict === "decline" ? "info" : "success",
      title: titleOf(about, ruling),
      description: (
        <>
          <UntrustedInline text={about.summary} className="line-clamp-2" /> Takes effect in{" "}
          <Countdown at={effectiveAt} />
        </>
      ),
      action: undo([about.id]),
      // The server's timer runs since before its answer came.
      durationMs: Math.max(2000, undoSeconds * 1000 - waitedMs),
    });
    keepGiven({ ids: [about.id], toastId });
  }

  function refused(about: About, message: string, requestId: string | undefined): void {
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

  async function takeBack(ids: string[]): Promise<void> {
    const toastId = toastOf(ids);
    if (toastId !== undefined) dismiss(toastId);
    const [id] = ids;
    if (id === undefined) return;
    if (ids.length > 1) return takeManyBack(ids);
    const answer = await reached(() => actions.unstage({ reviewId: id }));
    if (!answer.ok) return notTakenBack(ids, answer.error);
    forgetGiven(ids, "taken back");
    unpass(id);
    client.setQueryData(reviewDetail(id).queryKey, answer.data);
    void client.invalidateQueries({ queryKey: reviewsKey });
    toast({ title: "Taken back", durationMs: 2500 });
    seeAgain(id);
  }

  function notTakenBack(ids: string[], { code, message }: { code: string; message: string }): void {
    // What did not reach the server may be tried again.
    if (code !== "unreachable") forgetGiven(ids, "too late");
    toast({ tone: "error", title: message });
  }

  async function takeManyBack(ids: string[]): Promise<void> {
    const answer = await reached(() => actions.unstageMany({ reviewIds: ids }));
    if (!answer.ok) return notTakenBack(ids, answer.error);
    forgetGiven(ids, "taken back");
    const { taken, late } = answer.data;
    for (const id of taken) unpass(id);
    void client.invalidateQueries({ queryKey: reviewsKey });
    if (late.length > 0)
      toast({ tone: "error", title: `Too late for ${late.length}: they have taken effect` });
    if (taken.length > 0) toast({ title: `Taken back: ${taken.length}`, durationMs: 2500 });
  }

  /** Takes the latest verdict back that still can be. */
  function undoLast(): void {
    const last = latestGiven();
    if (last) void takeBack(last.ids);
    else toast({ title: "There is nothing to undo", durationMs: 2500 });
  }

  return { give, announceMany, takeBack: (id: string) => takeBack([id]), undoLast };
}

async function timed<T>(call: () => Promise<Answer<T>>): Promise<{ answer: Answer<T>; waitedMs: number }> {
  const asked = performance.now();
  const answer = await reached(call);
  return { answer, waitedMs: performance.now() - asked };
}
