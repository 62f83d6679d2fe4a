"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { ReviewerView } from "@/lib/reviews/passing";
import type { QueueMember, QueueView } from "@/lib/reviews/queues";

export type SetMembersAction = (input: {
  queue: string;
  members: { id: string; lead: boolean }[];
}) => Promise<Answer<unknown>>;

type Props = {
  queue: QueueView;
  members: QueueMember[];
  people: ReviewerView[];
  /** Who leads is an admin's to say. */
  mayLead: boolean;
  setMembers: SetMembersAction;
};

/** Who works on a queue, all at once. */
export function MembersDialog({ queue, members, people, mayLead, setMembers }: Props) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(() => new Map(members.map(({ id, lead }) => [id, lead])));
  const { submit, pending, formError, fieldError } = useSubmit(setMembers);
  const router = useRouter();
  async function send(event: FormEvent) {
    event.preventDefault();
    const wanted = [...chosen].map(([id, lead]) => ({ id, lead }));
    if (!(await submit({ queue: queue.id, members: wanted }))) return;
    setOpen(false);
    router.refresh();
  }
  function change(id: string, lead: boolean | undefined) {
    setChosen((before) => {
      const after = new Map(before);
      if (lead === undefined) after.delete(id);
      else after.set(id, lead);
      return after;
    });
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">Set members</Button>
      </DialogTrigger>
      <DialogContent
        title={`Members of ${queue.name}`}
        description="With nobody chosen, the queue is everybody's."
      >
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError ?? fieldError("members")}</FormError>
          {people.length === 0 ? (
            <p className="text-sm text-muted-foreground">There are no reviewers yet.</p>
          ) : null}
          <ul className="flex max-h-96 flex-col divide-y overflow-y-auto">
            {people.map(({ id, name, email }) => (
              <li key={id} className="flex items-start justify-between gap-4 py-2">
                <Checkbox
                  label={name}
                  hint={email}
                  checked={chosen.has(id)}
                  disabled={!mayLead && chosen.get(id) === true}
                  onChange={(event) => change(id, event.target.checked ? false : undefined)}
                />
                {mayLead ? (
                  <Checkbox
                    label={
                      <>
                        Leads<span className="sr-only">: {name}</span>
                      </>
                    }
                    checked={chosen.get(id) ?? false}
                    onChange={(event) => change(id, event.target.checked)}
                  />
                ) : null}
              </li>
            ))}
          </ul>
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Save the members
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
