"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useToast } from "@/components/ui/toast";
import { reviewsKey } from "@/lib/reviews/client";
import { reached, type ReviewActions } from "./answers";
import type { KeptVerdict, Outcome } from "./kept-verdict";
import { unpass } from "./passed";
import { sendKept } from "./send-kept";
import type { useGiven } from "./use-given";

/** A browser that says it is connected may reach nothing: the server is asked again. */
const againMs = 15_000;

/** Sends what is kept for this person as soon as there is a connection, and says what became of it. */
export function useSendKept(
  waiting: number,
  by: string,
  { stage }: Pick<ReviewActions, "stage">,
  { announce, takeBack }: ReturnType<typeof useGiven>,
): void {
  const client = useQueryClient();
  const { toast } = useToast();
  function onOutcome(verdict: KeptVerdict, outcome: Exclude<Outcome, { is: "waiting" }>, wanted: boolean) {
    const about = { id: verdict.reviewId, summary: verdict.summary };
    if (outcome.is === "given" && !wanted) void takeBack(about.id);
    else if (outcome.is === "given" && outcome.staged) announce(about, verdict.ruling, outcome.staged);
    else if (outcome.is === "given") toast({ tone: "success", title: "Your verdict had arrived already" });
    else unpass(about.id);
    void client.invalidateQueries({ queryKey: reviewsKey });
  }
  const send = () =>
    sendKept({
      by,
      stage: ({ reviewId, ruling, held }) => reached(() => stage({ reviewId, ruling, kept: { held } })),
      onOutcome,
    });
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  const some = waiting > 0;
  useEffect(() => {
    if (!some) return;
    const now = () => {
      if (navigator.onLine) void latest.current();
    };
    now();
    window.addEventListener("online", now);
    const timer = setInterval(now, againMs);
    return () => {
      window.removeEventListener("online", now);
      clearInterval(timer);
    };
  }, [some]);
}
