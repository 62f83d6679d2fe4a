"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { evaluatorKinds, qualities, type EvaluatorKind, type Quality } from "@/lib/evaluators/vocabulary";
import type { JsonObject } from "@/lib/kernel/json";
import { ConfigFields, type Model } from "./config-fields";
import { configOfDraft, emptyDraft, type EvaluatorDraft } from "./evaluator-draft";
import { kindWords, qualityWords } from "./evaluator-words";
import { TrialPanel, type PastDecision, type TryAction } from "./trial-panel";

type NewEvaluator = {
  app: string;
  name: string;
  kind: EvaluatorKind;
  quality: Quality;
  config: JsonObject;
  secret?: string;
  kappa_floor: number | null;
};
type CreateEvaluatorAction = (input: NewEvaluator) => Promise<Answer<{ id: string }>>;

type Props = {
  appId: string;
  models: readonly Model[];
  decisions: readonly PastDecision[];
  create: CreateEvaluatorAction;
  attempt: TryAction;
};

/** Makes an evaluator: what it is called, what it looks at, how it scores; tried before it is saved. */
export function EvaluatorForm({ appId, models, decisions, create, attempt }: Props) {
  const [about, setAbout] = useState({
    name: "",
    kind: "exact" as EvaluatorKind,
    quality: "output" as Quality,
    floor: "",
  });
  const [draft, setDraft] = useState<EvaluatorDraft>(emptyDraft);
  const { submit, pending, fieldError, formError } = useSubmit(create);
  const router = useRouter();
  const { kind, quality, name, floor } = about;
  const secret = kind === "http" && draft.secret !== "" ? { secret: draft.secret } : {};
  const asked = () => ({ app: appId, kind, quality, config: configOfDraft(kind, draft), ...secret });

  async function send(event: FormEvent) {
    event.preventDefault();
    const made = await submit({ ...asked(), name, kappa_floor: floor.trim() === "" ? null : Number(floor) });
    if (made) router.push(`/apps/${appId}/evaluators/${made.id}`);
  }

  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void send(event)}
      className="flex max-w-2xl flex-col gap-4"
    >
      <FormError>{formError}</FormError>
      <Field label="Name" required error={fieldError("name")}>
        <Input
          value={name}
          maxLength={100}
          onChange={(event) => setAbout({ ...about, name: event.target.value })}
        />
      </Field>
      <Field label="Kind" hint={kindWords[kind].sentence}>
        <Select
          value={kind}
          onChange={(event) => setAbout({ ...about, kind: event.target.value as EvaluatorKind })}
        >
          {evaluatorKinds.map((each) => (
            <option key={each} value={each}>
              {kindWords[each].label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Scores the quality of the" hint="Qualities are shown apart, and never added up.">
        <Select
          value={quality}
          onChange={(event) => setAbout({ ...about, quality: event.target.value as Quality })}
        >
          {qualities.map((each) => (
            <option key={each} value={each}>
              {qualityWords[each]}
            </option>
          ))}
        </Select>
      </Field>
      <ConfigFields
        kind={kind}
        draft={draft}
        edit={(change) => setDraft({ ...draft, ...change })}
        error={(field) => fieldError(field === "secret" ? field : `config/${field}`)}
        models={models}
        hasSecret={false}
      />
      <Field
        label="Floor of agreement with people"
        hint="Cohen’s kappa from −1 to 1. With 30 rulings and kappa surely below it, it stops counting. Left empty: no floor."
        error={fieldError("kappa_floor")}
      >
        <Input
          type="number"
          min={-1}
          max={1}
          step={0.05}
          value={floor}
          onChange={(event) => setAbout({ ...about, floor: event.target.value })}
        />
      </Field>
      <TrialPanel decisions={decisions} asked={asked} attempt={attempt} />
      <Button type="submit" variant="primary" pending={pending} className="self-start">
        Make the evaluator
      </Button>
    </form>
  );
}
