"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { newStage, type StageDraft } from "./stage-draft";

export type Reviewer = { id: string; name: string };

type Props = {
  stages: StageDraft[];
  onChange: (stages: StageDraft[]) => void;
  reviewers: Reviewer[];
  errorOf: (name: string) => string | undefined;
};

const mostStages = 5;

/** The rounds of a rule, in order. */
export function StageFields({ stages, onChange, reviewers, errorOf }: Props) {
  const change = (at: number, part: Partial<StageDraft>) =>
    onChange(stages.map((stage, index) => (index === at ? { ...stage, ...part } : stage)));
  const nextKey = Math.max(0, ...stages.map(({ key }) => key)) + 1;
  return (
    <div className="flex flex-col gap-3">
      {stages.map((stage, at) => (
        <fieldset key={stage.key} className="flex flex-col gap-3 rounded-card border bg-surface-2 p-3">
          <legend className="sr-only">Stage {at + 1}</legend>
          <div className="flex items-center justify-between gap-2">
            <span className="text-sm font-semibold">Stage {at + 1}</span>
            {stages.length > 1 ? (
              <Button
                size="sm"
                variant="ghost"
                aria-label={`Remove stage ${at + 1}`}
                onClick={() => onChange(stages.filter((_, index) => index !== at))}
              >
                <Trash2 aria-hidden />
                Remove
              </Button>
            ) : null}
          </div>
          <OneStage
            stage={stage}
            reviewers={reviewers}
            onChange={(part) => change(at, part)}
            error={
              errorOf(`stages/${at}/name`) ??
              errorOf(`stages/${at}/members`) ??
              errorOf(`stages/${at}/excluded`)
            }
          />
        </fieldset>
      ))}
      {stages.length < mostStages ? (
        <Button className="self-start" onClick={() => onChange([...stages, newStage(nextKey)])}>
          <Plus aria-hidden />
          Add a stage
        </Button>
      ) : null}
    </div>
  );
}

type StageProps = {
  stage: StageDraft;
  reviewers: Reviewer[];
  onChange: (part: Partial<StageDraft>) => void;
  error?: string;
};

function OneStage({ stage, reviewers, onChange, error }: StageProps) {
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-[1fr_9rem]">
        <Field label="Name" error={error} required>
          <Input
            value={stage.name}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <Field label="Approvals needed">
          <Input
            type="number"
            min={1}
            max={5}
            value={stage.minimum}
            onChange={(event) => onChange({ minimum: Number(event.target.value) })}
          />
        </Field>
      </div>
      <Field label="Skills" hint="Separated by commas. Whoever approves needs all of them.">
        <Input
          value={stage.skills}
          autoComplete="off"
          onChange={(event) => onChange({ skills: event.target.value })}
        />
      </Field>
      {reviewers.length > 0 ? (
        <>
          <People
            legend="Only these people"
            hint="Nobody chosen: any reviewer."
            reviewers={reviewers}
            chosen={stage.members}
            onChange={(members) => onChange({ members })}
          />
          <People
            legend="Never these people"
            hint="Their approval does not count here, whatever else holds."
            reviewers={reviewers}
            chosen={stage.excluded}
            onChange={(excluded) => onChange({ excluded })}
          />
        </>
      ) : null}
    </>
  );
}

type PeopleProps = {
  legend: string;
  hint: string;
  reviewers: Reviewer[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
};

function People({ legend, hint, reviewers, chosen, onChange }: PeopleProps) {
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm font-semibold">{legend}</legend>
      <p className="text-xs text-muted-foreground">{hint}</p>
      <div className="flex max-h-40 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
        {reviewers.map(({ id, name }) => (
          <Checkbox key={id} label={name} checked={chosen.includes(id)} onChange={() => toggle(id)} />
        ))}
      </div>
    </fieldset>
  );
}
