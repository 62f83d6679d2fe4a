"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { DriftReferenceView } from "@/lib/monitors/drift-endpoints";
import { referenceWords } from "@/lib/kernel/drift-references";

type Input = { app: string; type: string; mode: "pinned" | "trailing"; window: Span | null };
type Span = { from: string; to: string };
export type SetReference = (input: Input) => Promise<Answer<DriftReferenceView>>;
type Props = { reference: DriftReferenceView; set?: SetReference | undefined };

const day = (at: string) => at.slice(0, 10);

/** What an app's decisions of a type are compared with, and for an admin what else they could be. */
export function DriftReferenceCard({ reference, set }: Props) {
  const [changing, setChanging] = useState(false);
  const { app, type, in_force, drift } = reference;
  return (
    <Card>
      <CardHeader
        title={`${app.name}, ${type.name}`}
        actions={
          set && !changing ? (
            <Button
              size="sm"
              aria-label={`Change the reference of ${app.name}, ${type.name}`}
              onClick={() => setChanging(true)}
            >
              Change
            </Button>
          ) : null
        }
      />
      <CardBody className="flex flex-col gap-3 text-sm">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-semibold">{referenceWords[in_force.source]}</span>
          <span className="text-muted-foreground tabular-nums">
            {day(in_force.from)} to {day(in_force.to)} (UTC)
          </span>
          {drift ? <Badge tone="review">Drift confirmed</Badge> : null}
        </p>
        {set && changing ? (
          <ChangeForm reference={reference} set={set} onDone={() => setChanging(false)} />
        ) : null}
      </CardBody>
    </Card>
  );
}

type FormProps = { reference: DriftReferenceView; set: SetReference; onDone: () => void };
const kinds = ["usual", "window", "trailing"] as const;
type Kind = (typeof kinds)[number];
const kindWords: Record<Kind, string> = {
  usual: "Pinned by itself: at certification, else once 28 days exist",
  window: "Pinned to days that I choose",
  trailing: "Moves along: the days before",
};

function ChangeForm({ reference, set, onDone }: FormProps) {
  const { app_id: app, type_id: type, window, mode, in_force } = reference;
  const [kind, setKind] = useState<Kind>(mode === "trailing" ? "trailing" : window ? "window" : "usual");
  const [days, setDays] = useState<Span>({ from: day(in_force.from), to: day(in_force.to) });
  const { submit, pending, formError, errors } = useSubmit(set);
  const { toast } = useToast();
  const router = useRouter();
  async function send(event: FormEvent) {
    event.preventDefault();
    const span = { from: `${days.from}T00:00:00Z`, to: `${days.to}T00:00:00Z` };
    const chosen = kind === "window" ? span : null;
    const done = await submit({
      app,
      type,
      mode: kind === "trailing" ? "trailing" : "pinned",
      window: chosen,
    });
    if (!done) return;
    toast({ title: "Reference changed", tone: "success" });
    onDone();
    router.refresh();
  }
  const ofWindow = errors.find(({ pointer }) => pointer.startsWith("/window"))?.message;
  return (
    <form onSubmit={(event) => void send(event)} className="flex flex-col gap-3">
      <FormError>{formError}</FormError>
      <Field
        label="Compared with"
        hint="A confirmed drift is over with the change: you say that this is how things are."
      >
        <Select
          value={kind}
          onChange={(event) => setKind(kinds.find((one) => one === event.target.value) ?? "usual")}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {kindWords[one]}
            </option>
          ))}
        </Select>
      </Field>
      {kind === "window" ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="From the beginning of (UTC)" error={ofWindow} required>
            <Input
              type="date"
              value={days.from}
              onChange={(event) => setDays((was) => ({ ...was, from: event.target.value }))}
            />
          </Field>
          <Field label="To the beginning of (UTC)" required>
            <Input
              type="date"
              value={days.to}
              onChange={(event) => setDays((was) => ({ ...was, to: event.target.value }))}
            />
          </Field>
        </div>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Save
        </Button>
      </div>
    </form>
  );
}
