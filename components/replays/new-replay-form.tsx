"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Slider } from "@/components/ui/slider";
import type { NewReplay, ReplayView } from "@/lib/autonomy/replay-views";
import { periods, replayOf, type ReplayDraftForm, type SideDraft } from "./replay-draft";

type Draft = { id: string; policy: string; number: number; status: "draft" | "shadow" };
type Props = {
  appId: string;
  types: { key: string; name: string }[];
  drafts: Draft[];
  initial: ReplayDraftForm;
  create: (input: NewReplay) => Promise<Answer<ReplayView>>;
};

/** Asks for a replay: what is tried out, and on which past decisions. */
export function NewReplayForm({ appId, types, drafts, initial, create }: Props) {
  const [draft, setDraft] = useState(initial);
  const change = (part: Partial<ReplayDraftForm>) => setDraft((was) => ({ ...was, ...part }));
  const router = useRouter();
  const { submit, pending, formError, fieldError } = useSubmit(create);
  const [unready, setUnready] = useState<string>();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const made = replayOf(draft, appId);
    setUnready(made.ok ? undefined : made.error);
    if (!made.ok) return;
    const replay = await submit(made.input);
    if (replay) router.push(`/apps/${appId}/replays/${replay.id}`);
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError ?? unready ?? fieldError("thresholds") ?? fieldError("version")}</FormError>
      <Card aria-labelledby="replay-draft">
        <CardHeader id="replay-draft" title="What is tried out" />
        <CardBody className="flex flex-col gap-4">
          <Field label="Draft of">
            <Select
              value={draft.kind}
              onChange={(event) => change({ kind: event.target.value === "policy" ? "policy" : "threshold" })}
            >
              <option value="threshold">a threshold</option>
              <option value="policy">a policy</option>
            </Select>
          </Field>
          {draft.kind === "policy" ? (
            <PolicyFields draft={draft} drafts={drafts} change={change} />
          ) : (
            <ThresholdFields draft={draft} change={change} />
          )}
        </CardBody>
      </Card>
      <Card aria-labelledby="replay-past">
        <CardHeader id="replay-past" title="On which decisions" />
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <Field label="Decision type">
            <Select value={draft.type} onChange={(event) => change({ type: event.target.value })}>
              <option value="">All types</option>
              {types.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Period">
            <Select value={draft.period} onChange={(event) => change({ period: event.target.value })}>
              {periods.map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          </Field>
        </CardBody>
        <CardFooter>
          <ButtonLink href={`/apps/${appId}/replays`}>Cancel</ButtonLink>
          <Button type="submit" variant="primary" pending={pending}>
            Start replay
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}

type Change = (part: Partial<ReplayDraftForm>) => void;

function ThresholdFields({ draft, change }: { draft: ReplayDraftForm; change: Change }) {
  return (
    <>
      <SideFields
        label="Proposals to act"
        verb="act alone"
        side={draft.positive}
        onSide={(positive) => change({ positive })}
      />
      <SideFields
        label="Proposals to leave things as they are"
        verb="stand alone"
        side={draft.negative}
        onSide={(negative) => change({ negative })}
      />
      <Field label="Share audited, %" hint="Of what runs alone; for the count of audits.">
        <Input
          inputMode="decimal"
          className="max-w-32"
          value={draft.auditPercent}
          onChange={(event) => change({ auditPercent: event.target.value })}
        />
      </Field>
    </>
  );
}

type SideProps = { label: string; verb: string; side: SideDraft; onSide: (side: SideDraft) => void };

function SideFields({ label, verb, side, onSide }: SideProps) {
  const set = (threshold: number) => {
    if (threshold >= 0 && threshold <= 1) onSide({ ...side, threshold: Math.round(threshold * 1000) / 1000 });
  };
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-semibold">{label}</legend>
      <Field label={`${label}: rule`} hideLabel>
        <Select value={side.mode} onChange={(event) => onSide({ ...side, mode: modeOf(event.target.value) })}>
          <option value="as_it_was">stay as they were</option>
          <option value="from">{verb} from a confidence on</option>
          <option value="never">never {verb}</option>
        </Select>
      </Field>
      {side.mode === "from" ? (
        <div className="flex items-end gap-4">
          <div className="grow pb-2">
            <Slider
              thumbLabels={[`${label}: threshold`]}
              value={[side.threshold]}
              onValueChange={([threshold]) => set(threshold ?? side.threshold)}
              min={0.5}
              max={1}
              step={0.005}
            />
          </div>
          <Field label={`${label}: from confidence`} hideLabel>
            <Input
              type="number"
              className="w-28 tabular-nums"
              min={0}
              max={1}
              step={0.001}
              value={side.threshold}
              onChange={(event) => set(event.target.valueAsNumber)}
            />
          </Field>
        </div>
      ) : null}
    </fieldset>
  );
}

function modeOf(value: string): SideDraft["mode"] {
  return value === "never" || value === "from" ? value : "as_it_was";
}

function PolicyFields({
  draft,
  drafts,
  change,
}: {
  draft: ReplayDraftForm;
  drafts: Draft[];
  change: Change;
}) {
  if (drafts.length === 0) {
    return (
      <p className="text-sm text-muted-foreground">
        No policy of this app has a draft. Write one, then come back to try it out.
      </p>
    );
  }
  return (
    <Field label="Version" hint="Its own rules change; thresholds and other policies stay as they were.">
      <Select value={draft.version} onChange={(event) => change({ version: event.target.value })}>
        <option value="">Choose…</option>
        {drafts.map(({ id, policy, number, status }) => (
          <option key={id} value={id}>
            {policy}, version {number} ({status === "shadow" ? "in shadow" : "draft"})
          </option>
        ))}
      </Select>
    </Field>
  );
}
