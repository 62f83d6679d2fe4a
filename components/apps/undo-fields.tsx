"use client";

import { errorsUnder, JsonField } from "@/components/apps/json-field";
import { jsonText } from "@/components/apps/json-text";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DecisionTypeView } from "@/lib/apps/views";
import type { FieldError } from "@/lib/kernel/errors";

type Props = { type?: DecisionTypeView; errors: FieldError[]; readOnly?: boolean };

/** How long an approval is good for, and how what was carried out is undone. */
export function UndoFields({ type, errors, readOnly }: Props) {
  const at = (field: string) => errorsUnder(errors, field)[0]?.message;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="An approval is good for (minutes)"
        hint="What has not been sent by then goes back to whoever approved it."
        error={at("/approval_ttl_minutes")}
      >
        <Input
          name="approval_ttl_minutes"
          inputMode="numeric"
          defaultValue={String(type?.approval_ttl_minutes ?? 1440)}
        />
      </Field>
      <Field
        label="Undone by the type"
        hint="Key of another type, such as refund.reverse. Empty: it is not undone from here."
        error={at("/compensation/type")}
      >
        <Input
          name="compensation_type"
          maxLength={100}
          defaultValue={type?.compensation?.type ?? ""}
          className="font-mono"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <div className="sm:col-span-2">
        <JsonField
          label="Its arguments"
          hint={`A template over what was carried out: { "$arg": "/pointer" } is one of its arguments, { "$reference": true } the system's own name for it, { "$result": "/pointer" } a value of the system's answer.`}
          name="compensation_arguments"
          defaultValue={jsonText(type?.compensation?.arguments ?? {})}
          errors={errorsUnder(errors, "/compensation/arguments")}
          readOnly={readOnly}
        />
      </div>
    </div>
  );
}
