"use client";

import { useState } from "react";
import { readJsonObject } from "@/components/apps/json-text";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { FieldError } from "@/lib/kernel/errors";

type Props = {
  label: string;
  hint: string;
  name: string;
  defaultValue: string;
  /** What the server refused in it; pointers lead into the text. */
  errors: FieldError[];
  readOnly?: boolean;
};

/** A text area for a JSON object: says at once where it is no JSON, and lists what the server found at which pointer. */
export function JsonField({ label, hint, name, defaultValue, errors, readOnly }: Props) {
  const [text, setText] = useState(defaultValue);
  const read = readJsonObject(text);
  return (
    <Field label={label} hint={hint} error={read.ok ? listed(errors) : read.message}>
      <Textarea
        name={name}
        value={text}
        readOnly={readOnly}
        spellCheck={false}
        className="min-h-40 font-mono text-xs"
        onChange={(event) => setText(event.target.value)}
      />
    </Field>
  );
}

function listed(errors: FieldError[]) {
  if (errors.length === 0) return undefined;
  return (
    <>
      {errors.map(({ pointer, message, fix }) => (
        <span key={`${pointer} ${message}`} className="block">
          <code className="font-mono">{pointer === "" ? "The schema" : pointer}</code> {message}. {fix}
        </span>
      ))}
    </>
  );
}

/** The errors under one field of the request, with pointers relative to it. */
export function errorsUnder(errors: FieldError[], field: string): FieldError[] {
  return errors
    .filter(({ pointer }) => pointer === field || pointer.startsWith(`${field}/`))
    .map((error) => ({ ...error, pointer: error.pointer.slice(field.length) }));
}
