"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { QueueView } from "@/lib/reviews/queues";

type NewQueue = { key: string; name: string; description: string };
export type CreateQueueAction = (input: NewQueue) => Promise<Answer<QueueView>>;

/** Makes a queue and goes to its page, where its rule is written. */
export function NewQueueDialog({ create }: { create: CreateQueueAction }) {
  const [open, setOpen] = useState(false);
  const { submit, pending, fieldError, formError } = useSubmit(create);
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const made = await submit({
      key: formText(form, "key").trim(),
      name: formText(form, "name"),
      description: formText(form, "description"),
    });
    if (made) router.push(`/queues/${made.id}`);
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden /> New queue
        </Button>
      </DialogTrigger>
      <DialogContent
        title="New queue"
        description="Nothing comes here until it has a rule, or somebody passes a review on."
      >
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <Field label="Name" required error={fieldError("name")}>
            <Input name="name" required maxLength={100} autoComplete="off" />
          </Field>
          <Field
            label="Key"
            required
            hint="What API clients call it, such as refunds-large. It stays."
            error={fieldError("key")}
          >
            <Input
              name="key"
              required
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          </Field>
          <Field
            label="Description"
            hint="Who works on it, and what it is for."
            error={fieldError("description")}
          >
            <Textarea name="description" maxLength={1000} />
          </Field>
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Create the queue
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
