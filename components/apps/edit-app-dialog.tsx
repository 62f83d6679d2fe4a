"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { AppView } from "@/lib/apps/views";

type Change = { app: string; name: string; description: string; archived: boolean };
type Props = { app: AppView; update: (input: Change) => Promise<Answer<AppView>> };

/** Changes an app's name and description, or archives it. */
export function EditAppDialog({ app, update }: Props) {
  const [open, setOpen] = useState(false);
  const { submit, pending, fieldError, formError } = useSubmit(update);
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const changed = await submit({
      app: app.id,
      name: formText(form, "name"),
      description: formText(form, "description"),
      archived: form.get("archived") === "on",
    });
    if (!changed) return;
    setOpen(false);
    router.refresh();
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Pencil aria-hidden /> Edit
        </Button>
      </DialogTrigger>
      <DialogContent title={`Edit ${app.name}`}>
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <Field label="Name" required error={fieldError("name")}>
            <Input name="name" required maxLength={100} defaultValue={app.name} autoComplete="off" />
          </Field>
          <Field label="Description" error={fieldError("description")}>
            <Textarea name="description" maxLength={1000} defaultValue={app.description} />
          </Field>
          <Checkbox
            name="archived"
            label="Archived"
            hint="Its submissions are refused; its history stays."
            defaultChecked={app.archived_at !== null}
          />
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Save
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
