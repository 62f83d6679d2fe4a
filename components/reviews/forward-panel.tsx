"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { picks } from "@/lib/identity/key-map";
import { ApiProblem, forwardReview, forwardTargets } from "@/lib/reviews/client";

type Props = { reviewId: string; onForwarded: (done: string) => void; onLeave: () => void };

/** To whom: a digit for one of the queues. Whoever works there gets it, with the words written here. */
export function ForwardPanel({ reviewId, onForwarded, onLeave }: Props) {
  const keyOf = useKeyOf();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const { data: targets, error } = useQuery(forwardTargets());
  const shown = (targets ?? []).slice(0, picks.length);
  async function forward(at: number): Promise<void> {
    const target = shown[at];
    if (!target) return;
    try {
      await forwardReview(reviewId, target.id, reason.trim());
      onForwarded(`Forwarded to ${target.name}`);
    } catch (failure) {
      setProblem(failure instanceof ApiProblem ? failure.message : "The server could not be reached.");
    }
  }
  useShortcuts(
    "Forward",
    picks
      .slice(0, shown.length)
      .map((id, at) => ({ id, label: shown[at]?.name, run: () => void forward(at) })),
  );
  return (
    <div className="flex flex-col gap-3">
      {(problem ?? error) ? (
        <p role="alert" className="text-sm text-declined-text">
          {problem ?? error?.message}
        </p>
      ) : null}
      <ol aria-label="Queues" className="flex flex-wrap gap-2">
        {picks.slice(0, shown.length).map((id, at) => (
          <li key={id}>
            <Button shortcut={keyOf(id)} onClick={() => void forward(at)}>
              {shown[at]?.name}
            </Button>
          </li>
        ))}
      </ol>
      {targets && shown.length === 0 ? (
        <p className="text-sm text-muted-foreground">There is no other queue to forward it to.</p>
      ) : null}
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Why, for whoever gets it" className="min-w-60 grow">
          <Input value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <Button variant="ghost" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
