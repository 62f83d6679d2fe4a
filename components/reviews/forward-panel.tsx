"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { orThrow } from "@/components/identity/use-submit";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { picks } from "@/lib/identity/key-map";
import { type ReviewActions, reached } from "./answers";

type Props = {
  reviewId: string;
  actions: ReviewActions;
  /** It is somebody else's now; the sentence says whose. */
  onForwarded: (done: string) => void;
  onLeave: () => void;
};

/** To whom: a digit for another queue, or a person in a layer of their own. Its due time stays; the words become a note. */
export function ForwardPanel({ reviewId, actions, onForwarded, onLeave }: Props) {
  const keyOf = useKeyOf();
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const { data: targets, error } = useQuery({
    queryKey: ["reviews", "targets", reviewId],
    queryFn: () => orThrow(actions.targets({ reviewId })),
    retry: false,
  });
  const queues = (targets?.queues ?? []).filter(({ current }) => !current).slice(0, picks.length);
  async function forward({ id: queue, name }: { id: string; name: string }): Promise<void> {
    if (pending) return;
    setPending(true);
    setProblem(undefined);
    const words = note.trim();
    const answer = await reached(() =>
      actions.forward({ reviewId, queue, ...(words === "" ? {} : { note: words }) }),
    );
    setPending(false);
    if (answer.ok) onForwarded(`Forwarded to ${name}`);
    else setProblem(answer.error.message);
  }
  const toQueue = (at: number) => {
    const queue = queues[at];
    if (queue) void forward(queue);
  };
  useShortcuts(
    "Forward",
    picks.slice(0, queues.length).map((id, at) => ({ id, label: queues[at]?.name, run: () => toQueue(at) })),
  );
  return (
    <div className="flex flex-col gap-3">
      {(problem ?? error) ? (
        <p role="alert" className="text-sm text-declined-text">
          {problem ?? error?.message}
        </p>
      ) : null}
      {!targets && !error ? <Skeleton className="h-8 w-64" /> : null}
      {queues.length > 0 ? (
        <ol aria-label="Queues" className="flex flex-wrap gap-2">
          {picks.slice(0, queues.length).map((id, at) => (
            <li key={id}>
              <Button shortcut={keyOf(id)} disabled={pending} onClick={() => toQueue(at)}>
                {queues[at]?.name}
              </Button>
            </li>
          ))}
        </ol>
      ) : null}
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Why, as a note the team reads" className="min-w-60 grow">
          <Input value={note} maxLength={5000} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <Button variant="ghost" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
