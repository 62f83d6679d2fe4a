"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { ApiProblem, reviewsKey } from "@/lib/reviews/client";
import { giveBack, passTargets, takeOver } from "@/lib/reviews/passing-client";
import type { Viewer } from "./answers";

const ForwardDialog = dynamic(() => import("./forward-dialog").then((module) => module.ForwardDialog), {
  loading: () => null,
});

/** What a lead may do about a review that somebody else holds: take it over, give it back, or pass it on. */
export function HolderActions({ reviewId, viewer }: { reviewId: string; viewer: Viewer }) {
  const { data: targets } = useQuery(passTargets(reviewId));
  const [passing, setPassing] = useState(false);
  const client = useQueryClient();
  const { toast } = useToast();
  if (!targets?.may_reassign) return null;
  async function free(call: (id: string) => Promise<unknown>) {
    try {
      await call(reviewId);
    } catch (error) {
      const title = error instanceof ApiProblem ? error.message : "The server could not be reached.";
      toast({ title, tone: "error" });
    }
    await client.invalidateQueries({ queryKey: reviewsKey });
  }
  return (
    <span className="ms-auto flex flex-wrap justify-end gap-2 max-md:w-full">
      {viewer.mayRule ? (
        <Button size="sm" onClick={() => void free(takeOver)}>
          Take over
        </Button>
      ) : null}
      <Button size="sm" variant="ghost" onClick={() => void free(giveBack)}>
        Back to the queue
      </Button>
      <Button size="sm" variant="ghost" onClick={() => setPassing(true)}>
        Pass on
      </Button>
      {passing ? (
        <ForwardDialog
          reviewId={reviewId}
          onOpenChange={setPassing}
          onPassed={({ queue, assigned_to }) => {
            toast({ title: `Passed on to ${assigned_to?.name ?? queue.name}`, tone: "success" });
            void client.invalidateQueries({ queryKey: reviewsKey });
          }}
        />
      ) : null}
    </span>
  );
}
