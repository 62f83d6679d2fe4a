"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { datasetPurposes, type DatasetPurpose } from "@/lib/experiments/vocabulary";
import { purposeWords } from "@/lib/experiments/words";

type Named = { key: string; name: string };
type Asked = { app: string; type: string; key: string; name: string; purpose: DatasetPurpose };
type Props = { apps: Named[]; types: Named[]; create: (input: Asked) => Promise<Answer<{ id: string }>> };

/** A new dataset: whose cases it holds, and for what. */
export function NewDatasetDialog({ apps, types, create }: Props) {
  const router = useRouter();
  const { submit, pending, fieldError, formError } = useSubmit(create);
  const [asked, setAsked] = useState<Asked>({
    app: apps[0]?.key ?? "",
    type: types[0]?.key ?? "",
    key: "",
    name: "",
    purpose: "evaluation",
  });
  const set = (part: Partial<Asked>) => setAsked({ ...asked, ...part });
  async function send(event: FormEvent) {
    event.preventDefault();
    const made = await submit({ ...asked, key: asked.key || keyOf(asked.name) });
    if (made) router.push(`/datasets/${made.id}`);
  }
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="primary">New dataset</Button>
      </DialogTrigger>
      <DialogContent title="New dataset" description="It has no cases yet: you add them as versions.">
        <form onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <Field label="Name" required error={fieldError("name")}>
            <Input value={asked.name} onChange={(event) => set({ name: event.target.value })} required />
          </Field>
          <Field label="Key" hint="Left empty: made from the name." error={fieldError("key")}>
            <Input
              value={asked.key}
              placeholder={keyOf(asked.name)}
              onChange={(event) => set({ key: event.target.value })}
            />
          </Field>
          <Field label="App" error={fieldError("app")}>
            <Choices of={apps} value={asked.app} choose={(app) => set({ app })} />
          </Field>
          <Field label="Decision type" error={fieldError("type")}>
            <Choices of={types} value={asked.type} choose={(type) => set({ type })} />
          </Field>
          <Field
            label="Purpose"
            hint="Known answers and what was reviewed blind are kept out of training, and stay what is tested on."
          >
            <Select
              value={asked.purpose}
              onChange={(event) => set({ purpose: purposeOf(event.target.value) })}
            >
              {datasetPurposes.map((purpose) => (
                <option key={purpose} value={purpose}>
                  {purposeWords[purpose]}
                </option>
              ))}
            </Select>
          </Field>
          <FormError>{formError}</FormError>
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Create dataset
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function Choices({ of, value, choose }: { of: Named[]; value: string; choose: (key: string) => void }) {
  return (
    <Select value={value} onChange={(event) => choose(event.target.value)}>
      {of.map(({ key, name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </Select>
  );
}

function purposeOf(text: string): DatasetPurpose {
  return datasetPurposes.find((one) => one === text) ?? "evaluation";
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
}
