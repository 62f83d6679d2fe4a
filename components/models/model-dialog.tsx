"use client";

import { Pencil, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { ModelView, TrainedModel } from "@/lib/models/catalogue";
import type { ModelProvider } from "@/lib/models/vocabulary";
import { providerOf, saidOf, secretOf } from "./model-draft";
import { ModelFields } from "./model-fields";

type Said = ReturnType<typeof saidOf>;
type New = Said & { key: string; provider: ModelProvider; secret?: string | null };
type Change = Said & { model_id: string; archived: boolean; secret?: string | null };
export type CreateModelAction = (input: New) => Promise<Answer<ModelView>>;
export type UpdateModelAction = (input: Change) => Promise<Answer<ModelView>>;

/** Adds a model. */
export function NewModelDialog({
  trained,
  create,
}: {
  trained: readonly TrainedModel[];
  create: CreateModelAction;
}) {
  const [open, setOpen] = useState(false);
  const { submit, pending, fieldError, formError } = useSubmit(create);
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const provider = providerOf(form);
    const key = formText(form, "key").trim();
    const made = await submit({ key, provider, ...saidOf(form, provider), ...secretOf(form) });
    if (!made) return;
    setOpen(false);
    router.refresh();
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden /> New model
        </Button>
      </DialogTrigger>
      <DialogContent title="New model" description="Prompts, judges and the LLM auditor are answered by it.">
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <ModelFields trained={trained} fieldError={fieldError} />
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Add the model
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}

type EditProps = { model: ModelView; trained: readonly TrainedModel[]; update: UpdateModelAction };

/** Changes a model, or archives it. */
export function EditModelDialog({ model, trained, update }: EditProps) {
  const [open, setOpen] = useState(false);
  const { submit, pending, fieldError, formError } = useSubmit(update);
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const archived = form.get("archived") === "on";
    const said = { ...saidOf(form, model.provider), ...secretOf(form) };
    if (!(await submit({ model_id: model.id, ...said, archived }))) return;
    setOpen(false);
    router.refresh();
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button aria-label={`Change ${model.name}`}>
          <Pencil aria-hidden /> Change
        </Button>
      </DialogTrigger>
      <DialogContent title={`Change ${model.name}`}>
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <ModelFields model={model} trained={trained} fieldError={fieldError} />
          <Checkbox
            name="archived"
            label="Archived"
            hint="It answers nobody any more; its runs stay."
            defaultChecked={model.archived}
          />
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Save
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
