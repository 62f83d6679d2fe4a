"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useToast } from "@/components/ui/toast";
import { ApiProblem, changeHold, reviewDetail } from "@/lib/reviews/client";
import type { ReviewView } from "@/lib/reviews/schema";
import type { Viewer } from "./answers";
import { usePassed } from "./passed";

/** Looking at something this long means working on it; walking past does not. */
const lookMs = 1000;

/**
 * Holds the review on the screen while its reviewer works on it, so that nobody else does: claimed after a moment,
 * kept by a heartbeat, given back on leaving. Answers a way to claim at once, and one to start the lease anew.
 */
export function useHold(review: ReviewView | undefined, viewer: Viewer) {
  const client = useQueryClient();
  const { toast } = useToast();
  const passed = usePassed();
  const done = useRef(passed);
  useEffect(() => {
    done.current = passed;
  }, [passed]);
  const id = review?.id;
  const free = viewer.mayRule && review?.status === "open";
  const mine = review?.status === "claimed" && review.held_by?.id === viewer.id && review.staged === null;
  const leaseMs = (review?.lease_seconds ?? 900) * 1000;
  const shown = useRef<string>(undefined);
  const held = useRef<string>(undefined);

  const claim = useCallback(async () => {
    if (id === undefined) return;
    try {
      await changeHold(id, "claim");
      if (shown.current === id) held.current = id;
      // They left while it was on its way: nobody else should wait for them.
      else if (!done.current.has(id)) await changeHold(id, "release");
    } catch {
      // Somebody was faster, or it is resolved: reading again says who and how.
    }
    await client.invalidateQueries({ queryKey: reviewDetail(id).queryKey });
  }, [client, id]);

  useEffect(() => {
    if (!free) return;
    const timer = setTimeout(() => void claim(), lookMs);
    return () => clearTimeout(timer);
  }, [free, claim]);

  useEffect(() => {
    if (!mine || id === undefined) return;
    const beat = setInterval(() => {
      // A tab nobody looks at holds nothing for long.
      if (document.visibilityState === "visible") void changeHold(id, "heartbeat").catch(() => claim());
    }, leaseMs / 3);
    return () => clearInterval(beat);
  }, [mine, id, leaseMs, claim]);

  useEffect(() => {
    held.current = mine ? id : undefined;
  }, [mine, id]);
  useEffect(() => {
    shown.current = id;
    return () => {
      shown.current = undefined;
    };
  }, [id]);
  useEffect(() => {
    const giveBack = () => {
      const leaving = held.current;
      if (leaving === undefined || leaving !== id || done.current.has(leaving)) return;
      held.current = undefined;
      changeHold(leaving, "release").catch(() => undefined);
    };
    window.addEventListener("pagehide", giveBack);
    return () => {
      window.removeEventListener("pagehide", giveBack);
      giveBack();
    };
  }, [id]);

  /** The whole lease again, from now. */
  async function extend(): Promise<void> {
    if (id === undefined) return;
    const problem = await changeHold(id, "heartbeat").then(
      () => undefined,
      (failure: unknown) => (failure instanceof ApiProblem ? failure.message : "The server did not answer"),
    );
    await client.invalidateQueries({ queryKey: reviewDetail(id).queryKey });
    toast(
      problem ? { tone: "error", title: problem } : { title: "Your claim is extended", durationMs: 2500 },
    );
  }
  return { claim, extend };
}
