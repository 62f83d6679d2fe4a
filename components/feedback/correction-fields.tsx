"use client";

import { useState } from "react";
import { EditControl } from "@/components/reviews/edit-control";
import {
  changesOf,
  digitsOf,
  editedArguments,
  editFields,
  editTexts,
} from "@/components/reviews/edit-values";
import { Field } from "@/components/ui/field";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";

type Props = {
  form: { schema: JsonObject; amountPointer: string | null; currency: string | null };
  args: JsonObject;
  /** The right arguments; undefined while nothing is changed or a field cannot be read. */
  onChange: (correction: JsonObject | undefined) => void;
  errors: readonly FieldError[];
};

/** The decision's arguments, to be put right: the type's own fields, checked by the server against its schema. */
export function CorrectionFields({ form, args, onChange, errors }: Props) {
  const { schema, amountPointer, currency } = form;
  const about = { schema, args, amountPointer, digits: digitsOf(currency ?? undefined) };
  const fields = editFields(about);
  const [texts, setTexts] = useState(() => editTexts(fields, about));
  const parsed = editedArguments(fields, texts, about);

  function set(key: string, text: string): void {
    const next = { ...texts, [key]: text };
    setTexts(next);
    const { args: right, errors: broken } = editedArguments(fields, next, about);
    const isUsable = Object.keys(broken).length === 0 && changesOf(args, right).length > 0;
    onChange(isUsable ? right : undefined);
  }
  const refused = (key: string) => {
    const pointer = `/correction/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return errors.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))?.message;
  };
  return (
    <fieldset className="flex flex-col gap-3 rounded-card border p-3">
      <legend className="px-1 text-sm font-semibold">What would have been right</legend>
      {fields.map((field) => (
        <Field
          key={field.key}
          label={field.label}
          hint={field.kind === "money" ? `In ${currency ?? "the type's currency"}` : field.hint}
          required={field.required}
          error={parsed.errors[field.key] ?? refused(field.key)}
        >
          <EditControl field={field} text={texts[field.key] ?? ""} onText={(text) => set(field.key, text)} />
        </Field>
      ))}
      <p className="text-xs text-muted-foreground">What you leave as it is counts as right.</p>
    </fieldset>
  );
}
