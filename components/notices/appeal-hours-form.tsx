"use client";

import type { FormEvent } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

type Props = { hours: number; save: (input: { hours: number }) => Promise<Answer<unknown>> };

/** How long an appeal may wait for its answer. */
export function AppealHoursForm({ hours, save }: Props) {
  const { toast } = useToast();
  const { submit, pending, fieldError, formError } = useSubmit(save);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const saved = await submit({ hours: Number(formText(new FormData(event.currentTarget), "hours")) });
    if (saved) toast({ tone: "success", title: "Saved", description: "It holds for appeals from now on." });
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-3">
      <FormError>{formError}</FormError>
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Answered within, hours" error={fieldError("hours")} className="w-48">
          <Input name="hours" type="number" min={1} max={2160} required defaultValue={hours} />
        </Field>
        <Button type="submit" pending={pending}>
          Save
        </Button>
      </div>
    </form>
  );
}
