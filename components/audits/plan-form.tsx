"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { orThrow, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { PlanPreview } from "@/lib/audits/plans";
import { mostJudges } from "@/lib/audits/plan-words";
import type { PlanActions } from "./plan-actions";
import { marginOf, type PlanDraft, ratesFor, shareOf, specOf, type Spread } from "./plan-draft";
import { PlanPopulation, type Named } from "./plan-population";
import { PlanSample } from "./plan-sample";

type Props = {
  apps: Named[];
  types: Named[];
  rubrics: Named[];
  actions: Pick<PlanActions, "preview" | "create">;
  /** What the form begins with. */
  start: PlanDraft;
};

/** Writes a sampling plan: which decisions, how many of them, and who judges. The preview draws nothing. */
export function PlanForm({ apps, types, rubrics, actions, start }: Props) {
  const [draft, setDraft] = useState<PlanDraft>(start);
  const change = (part: Partial<PlanDraft>) => setDraft((was) => ({ ...was, ...part }));
  const router = useRouter();
  const { submit, pending, fieldError, formError } = useSubmit(actions.create);
  const [unready, setUnready] = useState<string>();
  const made = specOf(draft);
  const preview = usePreview(draft, actions.preview);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setUnready(made.ok ? undefined : made.error);
    if (!made.ok) return;
    const plan = await submit({
      name: draft.name,
      kind: draft.kind,
      spec: made.spec,
      judges_needed: draft.judges,
      rubric: draft.rubric === "" ? null : draft.rubric,
    });
    if (plan) router.push(`/audits/plans/${plan.id}`);
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError ?? unready ?? fieldError("spec/segment") ?? fieldError("spec/strata")}</FormError>
      <Card aria-labelledby="plan-population">
        <CardHeader id="plan-population" title="Which decisions" />
        <CardBody>
          <PlanPopulation
            draft={draft}
            apps={apps}
            types={types}
            nameError={fieldError("name")}
            segmentError={fieldError("spec/segment") ?? previewError(draft, preview.error)}
            change={change}
          />
        </CardBody>
      </Card>
      <PlanSample
        draft={draft}
        strata={made.ok ? made.spec.strata : []}
        wrong={made.ok ? undefined : made.error}
        preview={preview.data}
        failed={preview.error?.message}
        busy={preview.isFetching}
        change={change}
        onUse={(found: PlanPreview, spread: Spread) => change({ rates: ratesFor(found, spread) })}
      />
      <Card aria-labelledby="plan-judges">
        <CardHeader id="plan-judges" title="Who judges" />
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <Judges draft={draft} rubrics={rubrics} change={change} />
        </CardBody>
        <CardFooter>
          <ButtonLink href="/audits/plans">Cancel</ButtonLink>
          <Button type="submit" variant="primary" pending={pending}>
            Save as draft
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}

type JudgesProps = { draft: PlanDraft; rubrics: Named[]; change: (part: Partial<PlanDraft>) => void };

function Judges({ draft, rubrics, change }: JudgesProps) {
  return (
    <>
      <Field
        label="Auditors per decision"
        hint="Blind to each other. Where they differ, one more has the last word."
      >
        <Select
          value={String(draft.judges)}
          onChange={(event) => change({ judges: Number(event.target.value) })}
        >
          {Array.from({ length: mostJudges }, (_, i) => (
            <option key={i} value={i + 1}>
              {i + 1}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Rubric" hint="Questions asked after the auditor's own answer.">
        <Select value={draft.rubric} onChange={(event) => change({ rubric: event.target.value })}>
          <option value="">None</option>
          {rubrics.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}

const restMs = 350;

/** What the plan would draw, read again when the form has come to rest. */
function usePreview(draft: PlanDraft, read: PlanActions["preview"]) {
  const made = specOf(draft);
  const margin = marginOf(draft.margin);
  const input = made.ok
    ? {
        kind: draft.kind,
        spec: made.spec,
        ...(margin === undefined ? {} : { margin }),
        share: shareOf(draft.share),
      }
    : undefined;
  return useQuery({
    queryKey: ["sampling-plan-preview", input],
    enabled: input !== undefined,
    retry: false,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, restMs));
      signal.throwIfAborted();
      if (input === undefined) throw new Error("There is nothing to preview");
      return orThrow(read(input));
    },
  });
}

function previewError(draft: PlanDraft, error: Error | null): string | undefined {
  return draft.kind === "segment" && error ? error.message.replace(/^\/spec\/segment: /, "") : undefined;
}
