"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { planKindWords } from "@/lib/audits/client";
import { planKinds, planRoutes } from "@/lib/audits/plan-words";
import type { PlanDraft } from "./plan-draft";

export type Named = { id: string; name: string };

const routeWords = {
  execute: { label: "Acted alone", hint: "Approved by the router and carried out" },
  decline: { label: "Left alone", hint: "Ended by the router without acting" },
  review: { label: "Ruled on by a person", hint: "How right people's own rulings were" },
} as const;

type Props = {
  draft: PlanDraft;
  apps: Named[];
  types: Named[];
  nameError: string | undefined;
  segmentError: string | undefined;
  change: (part: Partial<PlanDraft>) => void;
};

/** Which decisions a plan draws from. */
export function PlanPopulation({ draft, apps, types, nameError, segmentError, change }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Name" required error={nameError}>
        <Input
          value={draft.name}
          required
          maxLength={100}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field label="How to choose" hint={planKindWords[draft.kind].sentence}>
        <Select
          value={draft.kind}
          onChange={(event) =>
            change({ kind: planKinds.find((each) => each === event.target.value) ?? "random" })
          }
        >
          {planKinds.map((kind) => (
            <option key={kind} value={kind}>
              {planKindWords[kind].word}
            </option>
          ))}
        </Select>
      </Field>
      <Choice
        label="App"
        none="All apps"
        options={apps}
        value={draft.app}
        onChange={(app) => change({ app })}
      />
      <Choice
        label="Decision type"
        none="All types"
        options={types}
        value={draft.type}
        onChange={(type) => change({ type })}
      />
      <Field label="Submitted from" hint="UTC, included. Empty: from the beginning.">
        <Input type="date" value={draft.from} onChange={(event) => change({ from: event.target.value })} />
      </Field>
      <Field label="Submitted before" hint="UTC. Empty: until the plan is drawn.">
        <Input type="date" value={draft.to} onChange={(event) => change({ to: event.target.value })} />
      </Field>
      <OfKind draft={draft} segmentError={segmentError} change={change} />
      <fieldset className="flex flex-col gap-2 sm:col-span-2">
        <legend className="mb-1.5 text-sm font-semibold">Decisions that</legend>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {planRoutes.map((route) => (
            <Checkbox
              key={route}
              label={routeWords[route].label}
              hint={routeWords[route].hint}
              checked={draft.routes.includes(route)}
              onChange={(event) =>
                change({
                  routes: planRoutes.filter((each) =>
                    each === route ? event.target.checked : draft.routes.includes(each),
                  ),
                })
              }
            />
          ))}
        </div>
      </fieldset>
    </div>
  );
}

type ChoiceProps = {
  label: string;
  none: string;
  options: Named[];
  value: string;
  onChange: (value: string) => void;
};

function Choice({ label, none, options, value, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** What only plans of one kind ask. */
function OfKind({ draft, segmentError, change }: Pick<Props, "draft" | "segmentError" | "change">) {
  if (draft.kind === "stratified") {
    return (
      <>
        <Field
          label="Cut confidence at"
          hint="Rising numbers between 0 and 1. What has no confidence is left out."
        >
          <Input value={draft.cuts} onChange={(event) => change({ cuts: event.target.value })} />
        </Field>
        <Checkbox
          className="self-center"
          label="To act and not to act apart"
          hint="A wrong yes and a wrong no are seldom equally frequent."
          checked={draft.byAction}
          onChange={(event) => change({ byAction: event.target.checked })}
        />
      </>
    );
  }
  if (draft.kind === "policy_hit") {
    return (
      <Field
        className="sm:col-span-2"
        label="Reasons"
        hint="Codes of reasons, such as over_cap, below_threshold, no_confidence; a decision with any of them is in it."
      >
        <Input value={draft.reasons} onChange={(event) => change({ reasons: event.target.value })} />
      </Field>
    );
  }
  if (draft.kind !== "segment") return null;
  return (
    <Field
      className="sm:col-span-2"
      label="Expression"
      hint="CEL over one decision: app, type, amount, currency, confidence, predicted, arguments, input, context, subject, metadata, model, prompt_version."
      error={segmentError}
    >
      <Textarea
        className="font-mono"
        rows={2}
        maxLength={500}
        placeholder='decision.amount > 50000.0 && decision.currency == "EUR"'
        value={draft.segment}
        onChange={(event) => change({ segment: event.target.value })}
      />
    </Field>
  );
}
