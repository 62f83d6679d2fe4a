"use client";

import { useState } from "react";
import { ClassPicture } from "@/components/apps/class-picture";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ConnectorClass } from "@/lib/apps/schema";
import type { ConnectorView } from "@/lib/apps/views";
import { addressOf, classWords } from "@/lib/apps/words";

type Props = { connector?: ConnectorView; errorOf: (name: string) => string | undefined };

/** The fields of a connector; the class is drawn as it is chosen. */
export function ConnectorFields({ connector, errorOf }: Props) {
  const [connectorClass, setClass] = useState<ConnectorClass>(connector?.class ?? "C");
  return (
    <>
      <Field label="Name" required error={errorOf("name")}>
        <Input name="name" required maxLength={100} defaultValue={connector?.name} autoComplete="off" />
      </Field>
      {connector ? null : (
        <Field label="Key" required hint="Such as billing. It stays." error={errorOf("key")}>
          <Input
            name="key"
            required
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
      )}
      <Field label="How the system treats a repeated call" error={errorOf("class")}>
        <Select
          name="class"
          value={connectorClass}
          onChange={(event) => setClass(event.target.value as ConnectorClass)}
        >
          {Object.entries(classWords).map(([value, { name }]) => (
            <option key={value} value={value}>
              {value}: {name}
            </option>
          ))}
        </Select>
      </Field>
      <ClassPicture connectorClass={connectorClass} />
      <Field
        label="Address"
        required
        hint="Without user name, query or fragment."
        error={errorOf("config/base_url")}
      >
        <Input
          name="base_url"
          type="url"
          required
          defaultValue={connector && addressOf(connector.config)}
          className="font-mono"
        />
      </Field>
      <CredentialFields connector={connector} errorOf={errorOf} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Time limit a call (ms)" error={errorOf("config/timeout_ms")}>
          <Input
            name="timeout_ms"
            inputMode="numeric"
            defaultValue={connector?.config.timeout_ms ?? 10_000}
          />
        </Field>
        <Field label="Attempts at most" error={errorOf("config/max_attempts")}>
          <Input name="max_attempts" inputMode="numeric" defaultValue={connector?.config.max_attempts ?? 8} />
        </Field>
      </div>
    </>
  );
}

function CredentialFields({ connector, errorOf }: Props) {
  return (
    <>
      <Field label="Credential" error={errorOf("config/auth")}>
        <Select
          name="auth"
          defaultValue={connector && "auth" in connector.config ? connector.config.auth : "none"}
        >
          <option value="none">None</option>
          <option value="bearer">Bearer token</option>
          <option value="basic">User name and password</option>
        </Select>
      </Field>
      <Field
        label="Secret"
        hint={
          connector?.has_secret
            ? "One is set, and is never shown. Leave empty to keep it."
            : "Stored encrypted and never shown again. For user name and password write user:password."
        }
        error={errorOf("secret")}
      >
        <Input
          name="secret"
          type="password"
          maxLength={4000}
          autoComplete="new-password"
          spellCheck={false}
        />
      </Field>
      {connector?.has_secret ? <Checkbox name="remove_secret" label="Remove the stored secret" /> : null}
    </>
  );
}
