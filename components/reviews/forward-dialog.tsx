"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { ErrorCard } from "@/components/ui/error-card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import { relativeTime } from "@/components/ui/time-text";
import { useNow } from "@/components/ui/use-now";
import { ApiProblem } from "@/lib/reviews/client";
import type { Passed, PassTargets } from "@/lib/reviews/passing";
import { passOn, passTargets } from "@/lib/reviews/passing-client";

type Props = {
  reviewId: string;
  onOpenChange: (open: boolean) => void;
  /** After it was passed on; the review is no longer the viewer's. */
  onPassed: (passed: Passed) => void;
};

/** Passes a review on to another queue, to a person, or both, with a word why. Open while it is mounted. */
export function ForwardDialog({ reviewId, onOpenChange, onPassed }: Props) {
  const targets = useQuery(passTargets(reviewId));
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent title="Pass it on" description="Its due time stays. Whoever gets it sees your note.">
        {targets.isPending ? <SkeletonRows rows={3} label="Loading queues and people" /> : null}
        {targets.error ? (
          <ErrorCard message={targets.error.message} onRetry={() => void targets.refetch()} />
        ) : null}
        {targets.data ? (
          <ForwardForm
            reviewId={reviewId}
            targets={targets.data}
            onPassed={(passed) => {
              onOpenChange(false);
              onPassed(passed);
            }}
          />
        ) : null}
      </DialogContent>
    </Dialog>
  );
}

type FormProps = Pick<Props, "reviewId" | "onPassed"> & { targets: PassTargets };

function ForwardForm({ reviewId, targets, onPassed }: FormProps) {
  const [queue, setQueue] = useState("");
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const current = targets.queues.find((one) => one.current);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = (name: string) => formText(form, name).trim() || undefined;
    setPending(true);
    setProblem(undefined);
    try {
      onPassed(
        await passOn(reviewId, { queue: queue || undefined, person: given("person"), note: given("note") }),
      );
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : "The server could not be reached.");
    } finally {
      setPending(false);
    }
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{problem}</FormError>
      <Field label="Queue">
        <Select value={queue} onChange={(event) => setQueue(event.target.value)}>
          <option value="">Stays in {current?.name ?? "its queue"}</option>
          {targets.queues
            .filter((one) => !one.current)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Select>
      </Field>
      <Field label="Person" hint="It is kept for them, and offered to them first.">
        <Select name="person" defaultValue="">
          <option value="">Nobody in particular</option>
          {targets.people.map((person) => (
            <PersonOption key={person.id} person={person} here={queue === ""} />
          ))}
        </Select>
      </Field>
      <Field label="Note" hint="Kept with the decision; the app never sees it.">
        <Textarea name="note" rows={3} maxLength={5000} />
      </Field>
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Pass on
      </Button>
    </form>
  );
}

// What they lack is known for the queue it is in; of another one the server says.
function PersonOption({ person, here }: { person: PassTargets["people"][number]; here: boolean }) {
  const { id, name, away_until, lacks } = person;
  const now = useNow("minute");
  const back = away_until && now !== null ? ` (back ${relativeTime(Date.parse(away_until), now)})` : "";
  const lack = here && lacks.length > 0 ? `, lacks ${lacks.join(", ")}` : "";
  const why = away_until ? `, away${back}` : lack;
  return (
    <option value={id} disabled={why !== ""}>
      {name}
      {why}
    </option>
  );
}
