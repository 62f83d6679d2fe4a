"use client";

import { UserRoundPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { longestDelegation, type DelegationInput, type DelegationView } from "@/lib/reviews/delegations";

export type Lend = (input: DelegationInput) => Promise<Answer<DelegationView>>;
type Named = { id: string; name: string };
type Props = { people: Named[]; queues: Named[]; lend: Lend };

/** Lends one's own authority to a colleague for a while. */
export function LendDialog({ people, queues, lend }: Props) {
  const [open, setOpen] = useState(false);
  const { submit, pending, fieldError, formError } = useSubmit(lend);
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const ends = Date.now() + Number(formText(form, "days")) * 86_400_000;
    const made = await submit({
      to: formText(form, "to"),
      queue: formText(form, "queue") || null,
      reason: formText(form, "reason"),
      ends_at: new Date(ends).toISOString(),
    });
    if (!made) return;
    setOpen(false);
    router.refresh();
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <UserRoundPlus aria-hidden /> Lend my authority
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Lend my authority"
        description="Your seats in approval rules and your queues. What keeps you from approving keeps them too, and it cannot be lent on."
      >
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <Field label="To" error={fieldError("to")} required>
            <Select name="to">
              <Options of={people} />
            </Select>
          </Field>
          <Field label="For">
            <Select name="queue">
              <option value="">All queues</option>
              <Options of={queues} />
            </Select>
          </Field>
          <Field
            label="Days"
            hint={`Up to ${longestDelegation}. You can end it any time.`}
            error={fieldError("ends_at")}
          >
            <Input name="days" type="number" min={1} max={longestDelegation} defaultValue={7} />
          </Field>
          <Field label="Why" error={fieldError("reason")} required>
            <Input name="reason" maxLength={500} autoComplete="off" />
          </Field>
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Lend it
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function Options({ of }: { of: Named[] }) {
  return of.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}
