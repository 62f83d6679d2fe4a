"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { DatasetVersionView } from "@/lib/experiments/datasets";
import type { NewExperiment } from "@/lib/experiments/experiments";
import { splits } from "@/lib/experiments/vocabulary";
import { count, kindWords, splitWords } from "@/lib/experiments/words";
import { counted } from "@/lib/kernel/counted";
import {
  draftOf,
  type EvaluatorChoice,
  type ExperimentDraft,
  experimentOf,
  type Option,
  recordedOption,
} from "./experiment-draft";

type Props = {
  version: DatasetVersionView;
  datasets: { version: string; name: string }[];
  /** Of the dataset's version. */
  name: string;
  options: Option[];
  evaluators: EvaluatorChoice[];
  /** The candidate that a link asked for. */
  wanted: string | undefined;
  issue: string | undefined;
  create: (input: NewExperiment) => Promise<Answer<{ id: string }>>;
};

/** Which candidates answer which cases, at what cost at most, and by what margin they may be worse. */
export function NewExperimentForm({
  version,
  datasets,
  name,
  options,
  evaluators,
  wanted,
  issue,
  create,
}: Props) {
  const router = useRouter();
  const { submit, pending, formError } = useSubmit(create);
  const all = [recordedOption, ...options];
  const [draft, setDraft] = useState(() => draftOf(name, version, wanted, evaluators));
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const chosen = all.filter(({ id }) => draft.chosen.includes(id));
  const judges = evaluators.filter(({ id }) => draft.evaluators.includes(id));
  const isPaid = judges.length > 0 || chosen.some(({ kind }) => kind === "prompt");
  async function send(event: FormEvent) {
    event.preventDefault();
    const made = await submit(experimentOf(draft, version.id, chosen, issue));
    if (made) router.push(`/experiments/${made.id}`);
  }
  const toggle = (id: string) => set({ chosen: toggled(draft.chosen, id) });
  return (
    <form onSubmit={(event) => void send(event)} className="flex max-w-2xl flex-col gap-5">
      <Field label="Name" required>
        <Input
          value={draft.name}
          required
          maxLength={100}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Dataset">
          <Select
            value={version.id}
            onChange={(event) => router.replace(`/experiments/new?version=${event.target.value}`)}
          >
            {datasets.some((one) => one.version === version.id) ? null : (
              <option value={version.id}>{name}</option>
            )}
            {datasets.map((one) => (
              <option key={one.version} value={one.version}>
                {one.name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Split">
          <Select value={draft.split} onChange={(event) => set({ split: event.target.value })}>
            <option value="">All {counted(version.items, "item")}</option>
            {splits.map((split) => (
              <option key={split} value={split} disabled={version.splits[split] === 0}>
                {splitWords[split]} ({count(version.splits[split])})
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-semibold">Candidates</legend>
        {all.map(({ kind, id, name: label, note }) => (
          <Checkbox
            key={id}
            checked={draft.chosen.includes(id)}
            onChange={() => toggle(id)}
            label={label}
            hint={note === "" ? kindWords[kind] : `${kindWords[kind]}, ${note}`}
          />
        ))}
      </fieldset>
      <Field label="Baseline" hint="What the others are compared with, item by item.">
        <Select value={draft.baseline} onChange={(event) => set({ baseline: event.target.value })}>
          {chosen.map(({ id, name: label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {evaluators.length > 0 ? (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-semibold">Judges and services</legend>
          {evaluators.map((one) => (
            <Checkbox
              key={one.id}
              checked={draft.evaluators.includes(one.id)}
              onChange={() => set({ evaluators: toggled(draft.evaluators, one.id) })}
              label={one.name}
              hint={hintOf(one)}
            />
          ))}
          <p className="text-sm text-muted-foreground">
            {judges.length === 0
              ? "Evaluators that cost nothing score every answer anyway."
              : `Each is asked once for every answer: ${count(questions(draft, version, chosen.length))} questions.`}
          </p>
        </fieldset>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Margin, percent"
          hint="A candidate passes when it is not wrong more often by more than this."
        >
          <Input
            type="number"
            min={0.1}
            max={50}
            step={0.1}
            required
            value={draft.margin}
            onChange={(event) => set({ margin: event.target.value })}
          />
        </Field>
        {isPaid ? (
          <Field
            label="Cost cap"
            hint="In the models’ currency. Pauses before a question that could cost more than is left. Empty: no cap."
          >
            <Input
              type="number"
              min={0}
              step="any"
              value={draft.cap}
              onChange={(event) => set({ cap: event.target.value })}
            />
          </Field>
        ) : null}
      </div>
      <FormError>{formError}</FormError>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={pending} disabled={chosen.length < 2}>
          Start experiment
        </Button>
        {chosen.length < 2 ? (
          <p className="text-sm text-muted-foreground">Choose at least two candidates.</p>
        ) : null}
      </div>
    </form>
  );
}

const toggled = (chosen: readonly string[], id: string) =>
  chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];

function questions(
  { split, evaluators }: ExperimentDraft,
  version: DatasetVersionView,
  candidates: number,
): number {
  const of = splits.find((one) => one === split);
  return (of === undefined ? version.items : version.splits[of]) * candidates * evaluators.length;
}

function hintOf({ kind, counts, priced }: EvaluatorChoice): string {
  const what = kind === "http" ? "Your own service" : "LLM judge";
  const standing = counts ? "" : ", agrees too little with people: shown, and not counted";
  return `${what}${standing}${priced ? "" : ", its model's price is not known: no cap can be kept"}`;
}
