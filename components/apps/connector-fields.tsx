"use client";

import { useState } from "react";
import { ClassPicture } from "@/components/apps/class-picture";
import { ConnectorAddressFields } from "@/components/apps/connector-address-fields";
import { ConnectorCredentialFields } from "@/components/apps/connector-credential-fields";
import { ConnectorLimitFields } from "@/components/apps/connector-limit-fields";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ConnectorClass, ConnectorKind } from "@/lib/apps/schema";
import type { ConnectorView } from "@/lib/apps/views";
import { classWords, kindWords } from "@/lib/apps/words";

type Props = { connector?: ConnectorView; errorOf: (name: string) => string | undefined };

/** The fields of a connector by its kind; the class is drawn as it is chosen. */
export function ConnectorFields({ connector, errorOf }: Props) {
  const [kind, setKind] = useState<ConnectorKind>(connector?.kind ?? "http");
  const [chosen, setChosen] = useState<ConnectorClass>(connector?.class ?? "C");
  // A mail server can be nothing else.
  const connectorClass = kind === "email" ? "C" : chosen;
  const config = connector?.config;
  return (
    <>
      <Field label="Name" required error={errorOf("name")}>
        <Input name="name" required maxLength={100} defaultValue={connector?.name} autoComplete="off" />
      </Field>
      {connector ? (
        <input type="hidden" name="kind" value={kind} />
      ) : (
        <>
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
          <Field label="Kind of system" hint={kindWords[kind].sentence} error={errorOf("config/kind")}>
            <Select
              name="kind"
              value={kind}
              onChange={(event) => setKind(event.target.value as ConnectorKind)}
            >
              {Object.entries(kindWords).map(([value, { name }]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </>
      )}
      <Field label="How the system treats a repeated call" error={errorOf("class")}>
        <Select
          name="class"
          value={connectorClass}
          onChange={(event) => setChosen(event.target.value as ConnectorClass)}
        >
          {Object.entries(classWords)
            .filter(([value]) => kind !== "email" || value === "C")
            .map(([value, { name }]) => (
              <option key={value} value={value}>
                {value}: {name}
              </option>
            ))}
        </Select>
      </Field>
      <ClassPicture connectorClass={connectorClass} />
      <ConnectorAddressFields key={`address-${kind}`} kind={kind} config={config} errorOf={errorOf} />
      <ConnectorCredentialFields
        key={`credential-${kind}`}
        kind={kind}
        config={config}
        hasSecret={connector?.has_secret ?? false}
        errorOf={errorOf}
      />
      <ConnectorLimitFields connectorClass={connectorClass} config={config} errorOf={errorOf} />
    </>
  );
}
