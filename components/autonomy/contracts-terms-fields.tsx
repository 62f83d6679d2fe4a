"use client";

import type { ReactNode } from "react";
import type { TermsTexts } from "@/components/autonomy/contracts-draft";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

export type TermsFieldsProps = {
  texts: TermsTexts;
  currency: string;
  /** An amount band with a top is there, so that cost can be limited. */
  costHint: string;
  errorOf: (field: keyof TermsTexts) => string | undefined;
  onChange: (part: Partial<TermsTexts>) => void;
};

/** The promise, and folded below it how its evidence is gathered. */
export function TermsFields(props: TermsFieldsProps) {
  const { texts, currency, costHint } = props;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          {...props}
          name="wrongPercent"
          label="At most so much wrong (%)"
          hint="Among what runs alone."
        />
        <TextField
          {...props}
          name="surePercent"
          label="How sure (%)"
          hint="The chance that the promise is kept."
        />
      </div>
      <p className="rounded-control bg-surface-2 px-3 py-2 text-sm" aria-live="polite">
        {texts.budget.trim() === ""
          ? `The promise: at most ${texts.wrongPercent || "…"} % wrong, ${texts.surePercent || "…"} % sure.`
          : `The promise: at most ${texts.budget} ${currency} lost on average by each automatic decision, ${texts.surePercent || "…"} % sure.`}
      </p>
      <Folded title="How evidence is gathered and watched">
        <TextField {...props} name="labelHours" label="Late answers count as wrong after (hours)" />
        <TextField {...props} name="auditFloor" label="Audits a day at least" />
        <TextField
          {...props}
          name="auditSlaHours"
          label="Audits may be overdue for (hours)"
          hint="Then autonomy is taken back."
        />
        <TextField {...props} name="detectionDays" label="Find a shift within (days)" />
        <TextField
          {...props}
          name="alarmRunLength"
          label="Audits between false alarms"
          hint="On average, while all is well."
        />
        <TextField
          {...props}
          name="ramp"
          label="Ramp (%)"
          hint="Shares of what may run alone that do, a day each; the last is 100."
        />
        <TextField
          {...props}
          name="family"
          label="Segments that share the promise"
          hint="1: this one alone. 5: all five hold together."
        />
        <TextField {...props} name="budget" label={`Limit on cost (${currency})`} hint={costHint} />
        <Field label="A lower certified threshold" error={props.errorOf("expands")}>
          <Select
            value={texts.expands}
            onChange={(event) =>
              props.onChange({ expands: event.target.value === "by_itself" ? "by_itself" : "signed" })
            }
          >
            <option value="signed">Needs two signatures</option>
            <option value="by_itself">Comes by itself, once a day</option>
          </Select>
        </Field>
        <Checkbox
          label="Correct for what reviewers miss"
          hint="Measured on known answers; about 100 of them are needed."
          checked={texts.goldCorrection}
          onChange={(event) => props.onChange({ goldCorrection: event.target.checked })}
        />
      </Folded>
    </>
  );
}

function Folded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="text-sm">
      <summary className="min-h-6 cursor-pointer py-1 font-semibold text-primary-text">{title}</summary>
      <div className="grid gap-4 pt-3 sm:grid-cols-2">{children}</div>
    </details>
  );
}

type TextName = Exclude<keyof TermsTexts, "goldCorrection" | "expands">;
type TextFieldProps = TermsFieldsProps & { name: TextName; label: string; hint?: string };

function TextField({ texts, errorOf, onChange, name, label, hint }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={errorOf(name)}>
      <Input
        value={texts[name]}
        inputMode={name === "ramp" ? "text" : "decimal"}
        autoComplete="off"
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
    </Field>
  );
}
