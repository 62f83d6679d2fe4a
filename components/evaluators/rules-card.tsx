"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { percent } from "@/components/charts/chart-theme";
import type { EvaluatorRuleView } from "@/lib/evaluators/views";
import { delayText } from "./evaluator-words";

type NewRule = {
  evaluator: string;
  type: string | null;
  condition: string | null;
  rate: number;
  delay_seconds: number;
};
type CreateRuleAction = (input: NewRule) => Promise<Answer<unknown>>;
type UpdateRuleAction = (input: {
  evaluator: string;
  rule: string;
  enabled: boolean;
}) => Promise<Answer<unknown>>;
type Props = {
  evaluator: string;
  rules: readonly EvaluatorRuleView[];
  types: readonly { key: string; name: string }[];
  /** Undefined: the reader may not change them. */
  actions?: { create: CreateRuleAction; update: UpdateRuleAction };
};

/** Which decisions are scored, what share of them, and how long after. */
export function RulesCard({ evaluator, rules, types, actions }: Props) {
  return (
    <Card aria-labelledby="rules-title">
      <CardHeader
        id="rules-title"
        title="What it scores"
        description="Decisions that come in while a rule is on. Each is drawn by a keyed hash of its id."
        actions={
          actions ? <NewRuleDialog evaluator={evaluator} types={types} create={actions.create} /> : undefined
        }
      />
      <CardBody>
        {rules.length === 0 ? (
          <p className="text-sm text-muted-foreground">
            No rule yet: it scores nothing by itself, only what is given over the API.
          </p>
        ) : (
          <ul className="flex flex-col divide-y">
            {rules.map((rule) => (
              <RuleLine key={rule.id} evaluator={evaluator} rule={rule} update={actions?.update} />
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

type LineProps = { evaluator: string; rule: EvaluatorRuleView; update: UpdateRuleAction | undefined };

function RuleLine({ evaluator, rule, update }: LineProps) {
  const router = useRouter();
  const [error, setError] = useState<string>();
  const said = ruleText(rule);
  async function turn(enabled: boolean) {
    const answer = await update?.({ evaluator, rule: rule.id, enabled });
    setError(answer && !answer.ok ? answer.error.message : undefined);
    router.refresh();
  }
  return (
    <li className="flex flex-col gap-1 py-3 first:pt-0 last:pb-0">
      {update ? (
        <Switch label={said} checked={rule.enabled} onChange={(event) => void turn(event.target.checked)} />
      ) : (
        <p className="text-sm">
          {said}
          {rule.enabled ? "" : " (off)"}
        </p>
      )}
      {rule.condition === null ? null : (
        <code className="font-mono text-xs wrap-anywhere text-muted-foreground">{rule.condition}</code>
      )}
      <FormError>{error}</FormError>
    </li>
  );
}

function ruleText({ type, condition, rate, delay_seconds: delay }: EvaluatorRuleView): string {
  const whose = type === null ? "every type" : type;
  const share = rate === 1 ? "All" : percent(rate);
  const when = delay === 0 ? "at once" : `${delayText(delay)} after`;
  return `${share} of ${whose}${condition === null ? "" : " where the condition holds"}, ${when}`;
}

const delays = [0, 300, 3600, 86_400, 604_800, 2_592_000];

function NewRuleDialog(props: Pick<Props, "evaluator" | "types"> & { create: CreateRuleAction }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>New rule</Button>
      </DialogTrigger>
      <DialogContent title="New rule" description="It holds for decisions that come in from now on.">
        <RuleForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

type FormProps = Pick<Props, "evaluator" | "types"> & { create: CreateRuleAction; onDone: () => void };

function RuleForm({ evaluator, types, create, onDone }: FormProps) {
  const [draft, setDraft] = useState({ type: "", condition: "", share: "100", delay: "0" });
  const { submit, pending, fieldError, formError } = useSubmit(create);
  const router = useRouter();

  async function send(event: FormEvent) {
    event.preventDefault();
    const made = await submit({
      evaluator,
      type: draft.type || null,
      condition: draft.condition.trim() || null,
      rate: Number(draft.share) / 100,
      delay_seconds: Number(draft.delay),
    });
    if (!made) return;
    onDone();
    router.refresh();
  }

  const edit = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="Decisions of type" error={fieldError("type")}>
        <Select value={draft.type} onChange={(event) => edit({ type: event.target.value })}>
          <option value="">Every type</option>
          {types.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Where"
        hint="A CEL expression, such as decision.amount > 5000.0. Left empty: all of them."
        error={fieldError("condition")}
      >
        <Input
          className="font-mono"
          value={draft.condition}
          onChange={(event) => edit({ condition: event.target.value })}
        />
      </Field>
      <Field label="Share of them, per cent" error={fieldError("rate")}>
        <Input
          type="number"
          min={0.01}
          max={100}
          step="any"
          value={draft.share}
          onChange={(event) => edit({ share: event.target.value })}
        />
      </Field>
      <Field
        label="When"
        hint="Later, where the outcome must be known first."
        error={fieldError("delay_seconds")}
      >
        <Select value={draft.delay} onChange={(event) => edit({ delay: event.target.value })}>
          {delays.map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds === 0 ? "At once" : `${delayText(seconds)} after`}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Make the rule
      </Button>
    </form>
  );
}
