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
import type { AppView } from "@/lib/apps/views";

type NewApp = { key: string; name: string; description: string };
export type CreateAppAction = (input: NewApp) => Promise<Answer<AppView>>;

/** Makes an app and goes to its page. */
export function NewAppDialog({ create }: { create: CreateAppAction }) {
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
    if (made) router.push(`/apps/${made.id}`);
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden /> New app
        </Button>
      </DialogTrigger>
      <DialogContent
        title="New app"
        description="A person decides everything it proposes until you say otherwise."
      >
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <Field label="Name" required error={fieldError("name")}>
            <Input name="name" required maxLength={100} autoComplete="off" />
          </Field>
          <Field
            label="Key"
            required
            hint="What API clients call it, such as refund-desk. It stays."
            error={fieldError("key")}
          >
            <Input
              name="key"
              required
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          </Field>
          <Field
            label="Description"
            hint="What it decides, in one sentence."
            error={fieldError("description")}
          >
            <Textarea name="description" maxLength={1000} />
          </Field>
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Create the app
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
