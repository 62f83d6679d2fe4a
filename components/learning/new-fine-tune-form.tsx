"use client";

import { useRouter } from "next/navigation";
import { type FormEvent } from "react";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { FineTuneView } from "@/lib/learning/fine-tunes";

type Input = { export: string; model: string; base_model: string; settings: { epochs: number | null } };
type Props = {
  files: { id: string; label: string }[];
  models: { id: string; name: string; model: string }[];
  start: (input: Input) => Promise<Answer<FineTuneView>>;
};

/** Starts a fine-tuning job at a model's provider. */
export function NewFineTuneForm({ files, models, start }: Props) {
  const router = useRouter();
  const { submit, pending, fieldError, formError } = useSubmit(start);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value.trim() : "";
    };
    const epochs = text("epochs");
    const made = await submit({
      export: text("export"),
      model: text("model"),
      base_model: text("base_model"),
      settings: { epochs: epochs === "" ? null : Number(epochs) },
    });
    if (made) router.refresh();
  }

  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Training files" error={fieldError("export")}>
          <Select name="export">
            {files.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Endpoint and key of" error={fieldError("model")}>
          <Select name="model">
            {models.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="Model to tune"
          hint="As the provider calls it."
          error={fieldError("base_model")}
          required
        >
          <Input name="base_model" defaultValue={models[0]?.model} maxLength={200} required />
        </Field>
        <Field label="Epochs" hint="Empty: as the provider chooses." error={fieldError("settings/epochs")}>
          <Input name="epochs" type="number" min={1} max={50} />
        </Field>
      </div>
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          Start fine-tuning
        </Button>
      </div>
      {formError ? (
        <p role="alert" className="text-sm text-declined-text">
          {formError}
        </p>
      ) : null}
    </form>
  );
}
