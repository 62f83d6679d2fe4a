"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { majorText, minorOf } from "@/components/apps/money-draft";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ApprovalRuleInput, ApprovalRuleView } from "@/lib/reviews/approval-rules";
import { draftsOf, stagesOf } from "./stage-draft";
import { type Reviewer, StageFields } from "./stage-fields";

/** What a rule can be about, and who can be named in it. */
export type RuleChoices = {
  types: { id: string; name: string; currency: string }[];
  queues: { id: string; name: string }[];
  reviewers: Reviewer[];
};
export type SaveRule = (input: ApprovalRuleInput) => Promise<Answer<ApprovalRuleView>>;

type Props = {
  choices: RuleChoices;
  /** The rule to change; none for a new one. */
  rule?: ApprovalRuleView;
  save: SaveRule;
  children: ReactNode;
};

/** Says who must approve what. */
export function RuleDialog({ choices, rule, save, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{children}</DialogTrigger>
      <DialogContent
        title={rule ? "Change the rule" : "New approval rule"}
        description="It holds at once. What was submitted before asks for no less than it did then."
      >
        <RuleForm choices={choices} rule={rule} save={save} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

type FormProps = Omit<Props, "children"> & { onDone: () => void };

function RuleForm({ choices, rule, save, onDone }: FormProps) {
  const [typeId, setTypeId] = useState(rule?.type?.id ?? "");
  const [stages, setStages] = useState(() => draftsOf(rule));
  const { submit, pending, fieldError, formError } = useSubmit(save);
  const router = useRouter();
  const currency = choices.types.find(({ id }) => id === typeId)?.currency ?? "EUR";
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const amount = formText(form, "min_amount").trim();
    const saved = await submit({
      name: formText(form, "name"),
      position: Number(formText(form, "position")),
      type: typeId || null,
      queue: formText(form, "queue") || null,
      min_amount: amount === "" ? null : (minorOf(amount, currency) ?? Number.NaN),
      stages: stagesOf(stages),
      enabled: form.get("enabled") !== null,
    });
    if (!saved) return;
    onDone();
    router.refresh();
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="Name" error={fieldError("name")} required>
        <Input name="name" defaultValue={rule?.name} maxLength={100} autoComplete="off" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Decision type">
          <Select value={typeId} onChange={(event) => setTypeId(event.target.value)}>
            <option value="">Any type</option>
            <Options of={choices.types} />
          </Select>
        </Field>
        <Field label="Queue">
          <Select name="queue" defaultValue={rule?.queue?.id ?? ""}>
            <option value="">Any queue</option>
            <Options of={choices.queues} />
          </Select>
        </Field>
        <Field
          label="From an amount of"
          hint={typeId === "" ? "In the type’s own currency. Empty: any." : `In ${currency}. Empty: any.`}
          error={fieldError("min_amount")}
        >
          <Input
            name="min_amount"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={rule?.min_amount == null ? "" : majorText(rule.min_amount, currency)}
          />
        </Field>
        <Field label="Place" hint="Rules are asked from the lowest; the first that fits holds.">
          <Input name="position" type="number" min={0} max={10_000} defaultValue={rule?.position ?? 0} />
        </Field>
      </div>
      <StageFields stages={stages} onChange={setStages} reviewers={choices.reviewers} errorOf={fieldError} />
      <Checkbox name="enabled" label="In force" defaultChecked={rule?.enabled ?? true} />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        {rule ? "Save" : "Create the rule"}
      </Button>
    </form>
  );
}

function Options({ of }: { of: { id: string; name: string }[] }) {
  return of.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}
