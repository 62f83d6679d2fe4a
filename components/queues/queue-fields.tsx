"use client";

import { allVerdicts, type QueueTexts, timeSentence } from "@/components/queues/queue-draft";
import { orderWords, verdictWords } from "@/components/queues/queue-words";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { QueueOrder, TimeoutAction } from "@/lib/apps/schema";
import type { QueueView } from "@/lib/reviews/queues";

export type FieldsProps = {
  texts: QueueTexts;
  errorOf: (name: string) => string | undefined;
  onChange: (part: Partial<QueueTexts>) => void;
};
export type OtherQueue = Pick<QueueView, "id" | "name">;

type NumberProps = {
  label: string;
  hint?: string;
  value: string;
  error?: string;
  onText: (text: string) => void;
};

function NumberField({ label, hint, value, error, onText }: NumberProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        value={value}
        inputMode="decimal"
        autoComplete="off"
        onChange={(event) => onText(event.target.value)}
      />
    </Field>
  );
}

const grid = "grid gap-4 sm:grid-cols-2";

/** In which order, for how long, and by whom. */
export function WorkFields({ texts, errorOf, onChange }: FieldsProps) {
  return (
    <div className={grid}>
      <Field label="Order" hint={orderWords[texts.order].sentence} error={errorOf("order")}>
        <Select
          value={texts.order}
          onChange={(event) => onChange({ order: event.target.value as QueueOrder })}
        >
          {Object.entries(orderWords).map(([order, { name }]) => (
            <option key={order} value={order}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <NumberField
        label="Load cap"
        hint="Reviews one person may hold here at once. Empty: no limit."
        value={texts.loadCap}
        error={errorOf("load_cap")}
        onText={(loadCap) => onChange({ loadCap })}
      />
      <NumberField
        label="Lease (seconds)"
        hint="How long a claimed review is held; an open screen extends it."
        value={texts.leaseSeconds}
        error={errorOf("lease_seconds")}
        onText={(leaseSeconds) => onChange({ leaseSeconds })}
      />
      <NumberField
        label="Undo window (seconds)"
        hint="How long a verdict can be taken back, 0 to 30."
        value={texts.undoSeconds}
        error={errorOf("undo_seconds")}
        onText={(undoSeconds) => onChange({ undoSeconds })}
      />
      <Field
        label="Skills"
        hint="Whoever works here needs all of these; commas between them."
        error={errorOf("skills")}
        className="sm:col-span-2"
      >
        <Input
          value={texts.skills}
          autoComplete="off"
          placeholder="refunds, german"
          onChange={(event) => onChange({ skills: event.target.value })}
        />
      </Field>
      <Checkbox
        className="sm:col-span-2"
        label="Share open reviews out"
        hint="Each is kept for the member who is there and has least to do, and goes back when they are away."
        checked={texts.autoAssign}
        onChange={(event) => onChange({ autoAssign: event.target.checked })}
      />
    </div>
  );
}

/** Until when, and what then. */
export function TimeFields({ texts, errorOf, onChange, others }: FieldsProps & { others: OtherQueue[] }) {
  const nameOf = (id: string) => others.find((queue) => queue.id === id)?.name ?? "another queue";
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-3">
        {(["high", "medium", "low"] as const).map((severity) => (
          <NumberField
            key={severity}
            label={`${severity.slice(0, 1).toUpperCase()}${severity.slice(1)} severity (minutes)`}
            value={texts.sla[severity]}
            error={errorOf(`sla_minutes/${severity}`)}
            onText={(text) => onChange({ sla: { ...texts.sla, [severity]: text } })}
          />
        ))}
      </div>
      <div className={grid}>
        <Field label="When nobody ruled in time" error={errorOf("on_timeout")}>
          <Select
            value={texts.onTimeout}
            onChange={(event) => onChange({ onTimeout: event.target.value as TimeoutAction | "" })}
          >
            <option value="">As the autonomy says</option>
            <option value="decline">Decline: do nothing</option>
            <option value="escalate">Escalate</option>
            <option value="hold">Hold: wait on, marked overdue</option>
          </Select>
        </Field>
        <Field label="Escalates to" error={errorOf("escalate_to")}>
          <Select value={texts.escalateTo} onChange={(event) => onChange({ escalateTo: event.target.value })}>
            <option value="">Stays here, due anew</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p className="text-sm text-muted-foreground">{timeSentence(texts, nameOf)}</p>
    </div>
  );
}

/** Which answers people can give. */
export function AnswerFields({ texts, errorOf, onChange }: FieldsProps) {
  return (
    <div className={grid}>
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 text-sm font-semibold">Verdicts</legend>
        {allVerdicts.map((verdict) => (
          <Checkbox
            key={verdict}
            label={verdictWords[verdict]}
            // People can always say no.
            disabled={verdict === "decline"}
            checked={texts.verdicts.includes(verdict)}
            onChange={(event) =>
              onChange({
                verdicts: allVerdicts.filter((one) =>
                  one === verdict ? event.target.checked : texts.verdicts.includes(one),
                ),
              })
            }
          />
        ))}
        <p aria-live="polite" className="text-xs text-declined-text empty:hidden">
          {errorOf("verdicts")}
        </p>
      </fieldset>
      <Field
        label="Decline reasons"
        hint="One a line, nine at most: each gets a digit. Empty: those of the decision type."
        error={errorOf("decline_reasons")}
      >
        <Textarea
          rows={5}
          value={texts.declineReasons}
          onChange={(event) => onChange({ declineReasons: event.target.value })}
        />
      </Field>
    </div>
  );
}

/** How the reviewers of a queue are measured. */
export function MeasureFields({ texts, errorOf, onChange }: FieldsProps) {
  return (
    <div className={grid}>
      <NumberField
        label="Known answers mixed in (%)"
        value={texts.gold}
        error={errorOf("gold_rate")}
        onText={(gold) => onChange({ gold })}
      />
      <NumberField
        label="Answered by a second person (%)"
        value={texts.double}
        error={errorOf("double_rate")}
        onText={(double) => onChange({ double })}
      />
      <NumberField
        label="Shown without the model's side (%)"
        value={texts.blind}
        error={errorOf("blind_rate")}
        onText={(blind) => onChange({ blind })}
      />
      <div className="grid grid-cols-2 gap-4">
        <NumberField
          label="Least look (seconds)"
          value={texts.dwellSeconds}
          error={errorOf("dwell_seconds")}
          onText={(dwellSeconds) => onChange({ dwellSeconds })}
        />
        <NumberField
          label="Above (minor units)"
          value={texts.dwellAmount}
          error={errorOf("dwell_amount")}
          onText={(dwellAmount) => onChange({ dwellAmount })}
        />
      </div>
      <NumberField
        label="Hours a member reviews on a day"
        value={texts.hoursPerDay}
        error={errorOf("hours_per_day")}
        onText={(hoursPerDay) => onChange({ hoursPerDay })}
      />
    </div>
  );
}
