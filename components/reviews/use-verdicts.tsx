"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Countdown } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { reviewDetail, reviewsKey } from "@/lib/reviews/client";
import type { Ruling } from "@/lib/reviews/schema";
import { pastOf } from "@/lib/reviews/words";
import type { Answer, ReviewActions, Staged } from "./answers";
import { pass, unpass } from "./passed";

type About = { id: string; summary: string };
type Options = {
  actions: ReviewActions;
  /** A verdict was taken back, or could not be given: the review is to be seen again. */
  onReturn: (reviewId: string) => void;
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Giving verdicts and taking the last one back; the server owns the undo timer, this only shows it. */
export function useVerdicts({ actions, onReturn }: Options) {
  const client = useQueryClient();
  const { toast, dismiss } = useToast();
  const given = useRef<{ id: string; until: number; toastId: number }[]>([]);

  async function give(about: About, ruling: Ruling): Promise<Answer<Staged>> {
    pass(about.id);
    const { answer, waitedMs } = await reach(() => actions.stage({ reviewId: about.id, ruling }));
    if (answer.ok) announce(about, ruling, answer.data, waitedMs);
    else {
      unpass(about.id);
      refused(about, answer.error.message, answer.error.requestId);
    }
    void client.invalidateQueries({ queryKey: reviewsKey, refetchType: answer.ok ? "none" : "active" });
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
      title: capital(pastOf[ruling.verdict]),
      description: (
        <>
          <UntrustedInline text={about.summary} className="line-clamp-2" /> Takes effect in{" "}
          <Countdown at={effectiveAt} />
        </>
      ),
      action: { label: "Undo", shortcut: "z", onAction: () => void takeBack(about.id) },
      // The server's timer runs since before its answer came.
      durationMs: Math.max(2000, undoSeconds * 1000 - waitedMs),
    });
    given.current.push({ id: about.id, until: Date.parse(effectiveAt), toastId });
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
      action: { label: "See it", onAction: () => onReturn(about.id) },
    });
  }

  async function takeBack(id: string): Promise<void> {
    const at = given.current.findIndex((each) => each.id === id);
    const [mine] = at < 0 ? [] : given.current.splice(at, 1);
    if (mine) dismiss(mine.toastId);
    const { answer } = await reach(() => actions.unstage({ reviewId: id }));
    if (!answer.ok) {
      toast({ tone: "error", title: answer.error.message });
      return;
    }
    unpass(id);
    client.setQueryData(reviewDetail(id).queryKey, answer.data);
    void client.invalidateQueries({ queryKey: reviewsKey });
    toast({ title: "Taken back", durationMs: 2500 });
    onReturn(id);
  }

  /** Takes the latest verdict back that still can be. */
  function undoLast(): void {
    const last = given.current.at(-1);
    if (last) void takeBack(last.id);
    else toast({ title: "There is nothing to undo", durationMs: 2500 });
  }

  return { give, takeBack, undoLast };
}

// An action that never arrives rejects; it is a failure like any other.
async function reach<T>(call: () => Promise<Answer<T>>): Promise<{ answer: Answer<T>; waitedMs: number }> {
  const asked = performance.now();
  const answer = await call().catch((): Answer<T> => {
    const message = "The server could not be reached. Nothing was changed; try again.";
    return { ok: false, error: { code: "unreachable", message, errors: [] } };
  });
  return { answer, waitedMs: performance.now() - asked };
}
