"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { orThrow } from "@/components/identity/use-submit";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { picks } from "@/lib/identity/key-map";
import type { PassTargets } from "@/lib/reviews/passing";
import { type ReviewActions, reached } from "./answers";

type Props = {
  reviewId: string;
  actions: ReviewActions;
  /** It is somebody else's now; the sentence says whose. */
  onForwarded: (done: string) => void;
  onLeave: () => void;
};

/** To whom: a digit for another queue, or a person by name. Its due time stays; the words become a note. */
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
  async function forward(to: { queue: string } | { person: string }, name: string): Promise<void> {
    if (pending) return;
    setPending(true);
    setProblem(undefined);
    const words = note.trim();
    const answer = await reached(() =>
      actions.forward({ reviewId, ...to, ...(words === "" ? {} : { note: words }) }),
    );
    setPending(false);
    if (answer.ok) onForwarded(`Forwarded to ${name}`);
    else setProblem(answer.error.message);
  }
  const toQueue = (at: number) => {
    const queue = queues[at];
    if (queue) void forward({ queue: queue.id }, queue.name);
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
        <PersonChoice
          people={targets?.people ?? []}
          onChoose={(person, name) => void forward({ person }, name)}
        />
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

type PersonProps = { people: PassTargets["people"]; onChoose: (id: string, name: string) => void };

function PersonChoice({ people, onChoose }: PersonProps) {
  const [id, setId] = useState("");
  const chosen = people.find((person) => person.id === id);
  if (people.length === 0) return null;
  return (
    <>
      <Field label="Or to a person" className="w-52">
        <Select value={id} onChange={(event) => setId(event.target.value)}>
          <option value="">Choose …</option>
          {people.map((person) => (
            <option
              key={person.id}
              value={person.id}
              disabled={person.lacks.length > 0 || !person.works_here}
            >
              {person.name}
              {person.away_until ? " (away)" : ""}
            </option>
          ))}
        </Select>
      </Field>
      <Button disabled={!chosen} onClick={() => chosen && onChoose(chosen.id, chosen.name)}>
        Forward
      </Button>
    </>
  );
}
