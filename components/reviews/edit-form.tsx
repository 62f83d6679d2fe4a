"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { ReviewView } from "@/lib/reviews/schema";
import { EditControl } from "./edit-control";
import { changesOf, digitsOf, editedArguments, editFields, editTexts, type EditField } from "./edit-values";

type Props = {
  review: ReviewView;
  /** What the form says so far, for the diff beside it. */
  onChange: (edited: JsonObject) => void;
  onSubmit: (edited: JsonObject) => void;
  onLeave: () => void;
  /** What the server refused, by RFC 6901 pointers under /arguments. */
  errors: FieldError[];
  pending: boolean;
};

/** Changes the proposal before approving it: the same fields, in place, checked by the server against the type's schema. */
export function EditForm({ review, onChange, onSubmit, onLeave, errors, pending }: Props) {
  const about = {
    schema: review.arguments_schema,
    // What an earlier reviewer made of it stands; the form never takes it back unasked.
    args: review.decision.edited_arguments ?? review.decision.arguments,
    amountPointer: review.amount_pointer,
    digits: digitsOf(review.amount?.currency),
  };
  const fields = editFields(about);
  const [texts, setTexts] = useState(() => editTexts(fields, about));
  const keyOf = useKeyOf();
  const form = useRef<HTMLFormElement>(null);
  // The person has just asked to edit: the first field is where they want to be.
  useEffect(() => form.current?.querySelector<HTMLElement>("input, textarea, select")?.focus(), []);
  const parsed = editedArguments(fields, texts, about);
  const broken = Object.keys(parsed.errors).length > 0;
  const same = !broken && changesOf(about.args, parsed.args).length === 0;

  function set(key: string, text: string): void {
    const next = { ...texts, [key]: text };
    setTexts(next);
    onChange(editedArguments(fields, next, about).args);
  }
  function submit(event?: FormEvent): void {
    event?.preventDefault();
    if (!broken && !same && !pending) onSubmit(parsed.args);
  }
  useShortcuts("Edit", [
    { id: "submit", label: "Approve as edited", run: () => submit() },
    { id: "back", label: "Leave the field, then the edit", run: onLeave },
  ]);
  return (
    <form
      ref={form}
      aria-label="Edit the proposal"
      onSubmit={submit}
      className="flex flex-col gap-4 rounded-card border border-edited p-4"
    >
      {fields.map((field) => (
        <Field
          key={field.key}
          label={field.label}
          hint={
            field.kind === "money" ? `In ${review.amount?.currency ?? "the type's currency"}` : field.hint
          }
          required={field.required}
          error={parsed.errors[field.key] ?? refused(errors, field.key)}
        >
          <EditControl field={field} text={texts[field.key] ?? ""} onText={(text) => set(field.key, text)} />
        </Field>
      ))}
      <OtherErrors errors={errors} fields={fields} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          variant="positive"
          shortcut={keyOf("submit")}
          pending={pending}
          disabled={broken || same}
        >
          Approve as edited
        </Button>
        <Button variant="ghost" onClick={onLeave}>
          Cancel
        </Button>
        {same ? <p className="text-xs text-muted-foreground">Nothing is changed yet.</p> : null}
      </div>
    </form>
  );
}

function refused(errors: FieldError[], key: string): string | undefined {
  const pointer = `/arguments/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return errors.find((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))
    ?.message;
}

function OtherErrors({ errors, fields }: { errors: FieldError[]; fields: EditField[] }) {
  const others = errors.filter((error) => !fields.some(({ key }) => refused([error], key) !== undefined));
  if (others.length === 0) return null;
  return (
    <ul role="alert" className="rounded-control bg-declined-soft px-3 py-2 text-sm text-declined-text">
      {others.map((error) => (
        <li key={error.pointer + error.code}>{error.message}</li>
      ))}
    </ul>
  );
}
