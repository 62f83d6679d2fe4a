"use client";

import { errorsUnder, JsonField } from "@/components/apps/json-field";
import { jsonText } from "@/components/apps/json-text";
import { majorText } from "@/components/apps/money-draft";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { ConnectorView, DecisionTypeView } from "@/lib/apps/views";
import { classWords, reversibilityWords } from "@/lib/apps/words";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";

/** The action a new type is made for. */
export type TypeFor = { id: string; name: string; argumentsSchema: JsonObject | null };
type Props = { type?: DecisionTypeView; from?: TypeFor; errors: FieldError[]; readOnly?: boolean };
const anyArguments = { type: "object", properties: {}, additionalProperties: false };
const grid = "grid gap-4 sm:grid-cols-2";

function errorAt(errors: FieldError[], field: string): string | undefined {
  return errorsUnder(errors, field)[0]?.message;
}

/** Name, key and what it is for. */
export function NameFields({ type, from, errors }: Props) {
  return (
    <div className={grid}>
      <Field label="Name" required error={errorAt(errors, "/name")}>
        <Input
          name="name"
          required
          maxLength={100}
          defaultValue={type?.name ?? from?.name}
          autoComplete="off"
        />
      </Field>
      {type ? null : (
        <Field
          label="Key"
          required
          hint="What API clients call it, such as refund.issue. It stays."
          error={errorAt(errors, "/key")}
        >
          <Input
            name="key"
            required
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
      )}
      <Field label="Description" className="sm:col-span-2" error={errorAt(errors, "/description")}>
        <Input name="description" maxLength={1000} defaultValue={type?.description} autoComplete="off" />
      </Field>
    </div>
  );
}

/** The two schemas that a submission is checked against. */
export function SchemaFields({ type, from, errors, readOnly }: Props) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <JsonField
        label="Input schema"
        hint="JSON Schema 2020-12 of what the app was asked; nothing remote is fetched."
        name="input_schema"
        defaultValue={jsonText(type?.input_schema ?? { type: "object" })}
        errors={errorsUnder(errors, "/input_schema")}
        readOnly={readOnly}
      />
      <JsonField
        label="Arguments schema"
        hint="JSON Schema 2020-12 of the proposed action's arguments: exactly these are shown, signed and sent."
        name="arguments_schema"
        defaultValue={jsonText(type?.arguments_schema ?? from?.argumentsSchema ?? anyArguments)}
        errors={errorsUnder(errors, "/arguments_schema")}
        readOnly={readOnly}
      />
    </div>
  );
}

/** What carries it out, whether that can be undone, and how it reads. */
export function ActionFields({ type, from, errors, connectors }: Props & { connectors: ConnectorView[] }) {
  return (
    <div className={grid}>
      <Field
        label="Carried out by"
        hint={
          type?.action
            ? classWords[type.action.class].sentence
            : "Nothing: an approval only records the ruling."
        }
        error={errorAt(errors, "/action_id")}
      >
        <Select name="action_id" defaultValue={type?.action?.id ?? from?.id ?? ""}>
          <option value="">Nothing: record only</option>
          {connectors.map((connector) => (
            <optgroup key={connector.id} label={connector.name}>
              {connector.actions.map((action) => (
                <option key={action.id} value={action.id}>
                  {action.name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <Field label="Reversibility" hint="What it takes to undo the action once it has run.">
        <Select name="reversibility" defaultValue={type?.reversibility ?? "irreversible"}>
          {Object.entries(reversibilityWords).map(([value, { name, sentence }]) => (
            <option key={value} value={value}>
              {name}: {sentence}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Summary"
        className="sm:col-span-2"
        hint="How the action reads to a reviewer. {amount} and {/pointer} are filled from the arguments."
        error={errorAt(errors, "/summary_template")}
      >
        <Input
          name="summary_template"
          maxLength={500}
          defaultValue={type?.summary_template}
          placeholder="Refund {amount} on invoice {/invoice}"
          autoComplete="off"
        />
      </Field>
    </div>
  );
}

/** What being wrong costs, and where the amount stands. */
export function MoneyFields({ type, errors }: Props) {
  const currency = type?.currency ?? "EUR";
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <Field
        label="Cost of a wrong yes"
        hint="Acting when it was wrong to."
        error={errorAt(errors, "/cost_wrong_yes")}
      >
        <Input
          name="cost_wrong_yes"
          inputMode="decimal"
          defaultValue={majorText(type?.cost_wrong_yes ?? 0, currency)}
        />
      </Field>
      <Field
        label="Cost of a wrong no"
        hint="Not acting when it was right to."
        error={errorAt(errors, "/cost_wrong_no")}
      >
        <Input
          name="cost_wrong_no"
          inputMode="decimal"
          defaultValue={majorText(type?.cost_wrong_no ?? 0, currency)}
        />
      </Field>
      <Field label="Currency" hint="ISO 4217, such as EUR." error={errorAt(errors, "/currency")}>
        <Input name="currency" maxLength={3} defaultValue={currency} autoComplete="off" spellCheck={false} />
      </Field>
      <Field
        label="Amount pointer"
        hint="Where the amount stands in the arguments, such as /amount. Empty: no money moves."
        error={errorAt(errors, "/amount_pointer")}
      >
        <Input
          name="amount_pointer"
          defaultValue={type?.amount_pointer ?? ""}
          className="font-mono"
          autoComplete="off"
        />
      </Field>
      <Field label="Currency pointer" hint="Such as /currency." error={errorAt(errors, "/currency_pointer")}>
        <Input
          name="currency_pointer"
          defaultValue={type?.currency_pointer ?? ""}
          className="font-mono"
          autoComplete="off"
        />
      </Field>
    </div>
  );
}

/** How its reviews are worked. */
export function QueueFields({ type, errors }: Props) {
  return (
    <div className={grid}>
      <Field
        label="Reasons to decline"
        hint="One a line, at most nine: each is one digit on the keyboard."
        className="sm:col-span-2"
        error={errorAt(errors, "/decline_reasons")}
      >
        <Textarea name="decline_reasons" defaultValue={type?.decline_reasons.join("\n")} />
      </Field>
      <Field
        label="Lease (minutes)"
        hint="How long a claimed review is held."
        error={errorAt(errors, "/queue/lease_seconds")}
      >
        <Input
          name="lease_minutes"
          inputMode="decimal"
          defaultValue={String((type?.queue.lease_seconds ?? 900) / 60)}
        />
      </Field>
      <Field
        label="Undo (seconds)"
        hint="How long a verdict can be taken back, 0 to 30."
        error={errorAt(errors, "/queue/undo_seconds")}
      >
        <Input name="undo_seconds" inputMode="numeric" defaultValue={String(type?.queue.undo_seconds ?? 5)} />
      </Field>
    </div>
  );
}

/** By what errors are compared, so that no group fares worse unseen. */
export function SegmentFields({ type, errors }: Props) {
  return (
    <Field
      label="Compared by"
      hint="One a line: key, name, pointer into the input. Such as: region, Region, /customer/region"
      error={errorAt(errors, "/segments")}
    >
      <Textarea
        name="segments"
        className="font-mono"
        spellCheck={false}
        defaultValue={type?.segments
          .map(({ key, name, pointer }) => `${key}, ${name}, ${pointer}`)
          .join("\n")}
      />
    </Field>
  );
}
