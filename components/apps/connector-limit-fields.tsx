"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorClass } from "@/lib/apps/schema";

type Props = {
  connectorClass: ConnectorClass;
  config?: ConnectorConfig;
  errorOf: (name: string) => string | undefined;
};

/** Times, pace, and when a connector stops itself. */
export function ConnectorLimitFields({ connectorClass, config, errorOf }: Props) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Figure
          label="Time limit a call (ms)"
          name="timeout_ms"
          value={config?.timeout_ms ?? 10_000}
          errorOf={errorOf}
        />
        <Figure
          label="Attempts at most"
          name="max_attempts"
          value={config?.max_attempts ?? 8}
          errorOf={errorOf}
        />
        {connectorClass === "A" ? (
          <Figure
            label="It keeps our key for (seconds)"
            hint="An hour before its end nothing is repeated any more."
            name="key_ttl_seconds"
            value={config?.key_ttl_seconds ?? 86_400}
            errorOf={errorOf}
          />
        ) : null}
        {connectorClass === "C" ? null : (
          <Figure
            label="Wait before believing a look-up (ms)"
            hint="The longest a call may still take effect after we gave up on it."
            name="settle_delay_ms"
            value={config?.settle_delay_ms ?? 5000}
            errorOf={errorOf}
          />
        )}
        <Figure
          label="Calls at once"
          hint="Over all workers. Empty: no limit."
          name="concurrency"
          value={config?.concurrency ?? ""}
          errorOf={errorOf}
        />
        <Figure
          label="Calls a second"
          hint="Over all workers, such as 0.5. Empty: no limit."
          name="rate_per_second"
          value={config?.rate_per_second ?? ""}
          errorOf={errorOf}
        />
      </div>
      <BreakerFields breaker={config?.breaker ?? null} errorOf={errorOf} />
    </>
  );
}

function BreakerFields({
  breaker,
  errorOf,
}: {
  breaker: ConnectorConfig["breaker"];
  errorOf: Props["errorOf"];
}) {
  const [on, setOn] = useState(breaker !== null);
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">Breaker</legend>
      <Checkbox
        name="breaker"
        label="Stop by itself when too much goes wrong"
        hint="It says the figures when it does; an admin resumes it."
        checked={on}
        onChange={(event) => setOn(event.target.checked)}
      />
      {on ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Figure
            label="Within (minutes)"
            name="breaker_window"
            place="breaker/window_minutes"
            value={breaker?.window_minutes ?? 10}
            errorOf={errorOf}
          />
          <Figure
            label="After at least (calls)"
            name="breaker_sends"
            place="breaker/min_sends"
            value={breaker?.min_sends ?? 20}
            errorOf={errorOf}
          />
          <Figure
            label="Refused at most (%)"
            name="breaker_failed"
            place="breaker/max_failed"
            value={percentOf(breaker?.max_failed ?? 0.5)}
            errorOf={errorOf}
          />
          <Figure
            label="Without a clear answer at most (%)"
            name="breaker_unknown"
            place="breaker/max_unknown"
            value={percentOf(breaker?.max_unknown ?? 0.2)}
            errorOf={errorOf}
          />
        </div>
      ) : null}
    </fieldset>
  );
}

const percentOf = (share: number) => Number((share * 100).toFixed(2));

type FigureProps = {
  label: string;
  hint?: string;
  name: string;
  /** Where it stands in the configuration, when not under its name. */
  place?: string;
  value: number | "";
  errorOf: Props["errorOf"];
};

function Figure({ label, hint, name, place, value, errorOf }: FigureProps) {
  return (
    <Field label={label} hint={hint} error={errorOf(`config/${place ?? name}`)}>
      <Input name={name} inputMode="decimal" defaultValue={value} autoComplete="off" />
    </Field>
  );
}
