"use client";

import { useState } from "react";
import { actionHint, actionJson } from "@/components/apps/action-draft";
import { errorsUnder, JsonField } from "@/components/apps/json-field";
import { jsonText } from "@/components/apps/json-text";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionConfig } from "@/lib/apps/action-config";
import type { ConnectorKind } from "@/lib/apps/schema";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";

type Props = {
  kind: ConnectorKind;
  /** Absent: a new one. */
  action?: { name: string; config: ActionConfig };
  /** What a new one begins with instead of the usual example. */
  preset?: { key: string; name: string; json: JsonObject };
  errors: FieldError[];
  readOnly?: boolean;
};

/** The fields of an action; what differs from kind to kind is JSON. */
export function ActionFields({ kind, action, preset, errors, readOnly }: Props) {
  const at = (field: string) => errorsUnder(errors, field)[0]?.message;
  const config = action?.config;
  return (
    <fieldset disabled={readOnly} className="flex min-w-0 flex-col gap-4">
      <legend className="sr-only">{action?.name ?? "New action"}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" required error={at("/name")}>
          <Input
            name="name"
            required
            maxLength={100}
            defaultValue={action?.name ?? preset?.name}
            autoComplete="off"
          />
        </Field>
        {action ? null : (
          <Field label="Key" required hint="Such as refund. It stays." error={at("/key")}>
            <Input
              name="key"
              required
              maxLength={60}
              defaultValue={preset?.key}
              autoComplete="off"
              className="font-mono"
            />
          </Field>
        )}
        <Field
          label="Hold before sending (seconds)"
          hint="Time in which an approval can be taken back."
          error={at("/config/hold_seconds")}
        >
          <Input name="hold_seconds" inputMode="numeric" defaultValue={config?.hold_seconds ?? 0} />
        </Field>
        <Field
          label="Largest amount"
          hint="Minor units of the type's currency, such as 15000 for 150.00. Above it, or in another currency, nothing is sent. Empty: no cap."
          error={at("/config/max_amount")}
        >
          <Input name="max_amount" inputMode="numeric" defaultValue={config?.max_amount ?? ""} />
        </Field>
      </div>
      {kind === "email" ? null : <ReportFields config={config} error={at("/config/report_within_seconds")} />}
      <JsonField
        label="Request"
        hint={actionHint(kind)}
        name="config"
        defaultValue={jsonText(preset?.json ?? actionJson(kind, config))}
        errors={errorsUnder(errors, "/config")}
        readOnly={readOnly}
      />
    </fieldset>
  );
}

function ReportFields({ config, error }: { config: ActionConfig | undefined; error: string | undefined }) {
  const [on, setOn] = useState(config?.reports_back ?? false);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Checkbox
        name="reports_back"
        label="The system reports back"
        hint="Its answer only says that it was accepted; a signed callback says what came of it."
        checked={on}
        onChange={(event) => setOn(event.target.checked)}
      />
      {on ? (
        <Field label="Reports within (seconds)" hint="After that a person looks." error={error}>
          <Input
            name="report_within_seconds"
            inputMode="numeric"
            defaultValue={config?.report_within_seconds ?? 3600}
          />
        </Field>
      ) : null}
    </div>
  );
}
