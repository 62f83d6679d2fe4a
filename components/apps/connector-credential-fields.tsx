"use client";

import { useState } from "react";
import { HmacFields } from "@/components/apps/hmac-fields";
import { SecretField } from "@/components/apps/secret-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { AuthKind, ConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorKind } from "@/lib/apps/schema";
import { authWords } from "@/lib/apps/words";

type Props = {
  kind: ConnectorKind;
  config?: ConnectorConfig;
  hasSecret: boolean;
  errorOf: (name: string) => string | undefined;
};

const secretLabels: Record<Exclude<AuthKind, "none">, { label: string; hint: string }> = {
  bearer: { label: "Secret", hint: "The token." },
  basic: { label: "Secret", hint: "Written as user:password." },
  api_key: { label: "Secret", hint: "The key." },
  hmac: { label: "Secret", hint: "What signs; it never leaves this server." },
  oauth2: {
    label: "Secret",
    hint: "The client's secret. Tokens are fetched with it and kept in memory only.",
  },
};

/** How a connector proves who it is; a secret is only ever written. */
export function ConnectorCredentialFields({ kind, config, hasSecret, errorOf }: Props) {
  const before = config && "auth" in config ? config : undefined;
  const [auth, setAuth] = useState<AuthKind>(before?.auth ?? "none");
  if (kind === "webhook") {
    const hint = "What signs the messages. The target needs the same one to check them.";
    return (
      <SecretField
        label="Signing secret"
        hint={hint}
        hasSecret={hasSecret}
        error={errorOf("secret")}
        canMake
      />
    );
  }
  if (kind === "email") {
    return (
      <SecretField label="Password" hint="Of that user." hasSecret={hasSecret} error={errorOf("secret")} />
    );
  }
  return (
    <>
      <Field label="Credential" error={errorOf("config/auth")}>
        <Select name="auth" value={auth} onChange={(event) => setAuth(event.target.value as AuthKind)}>
          {Object.entries(authWords).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {auth === "api_key" ? <ApiKeyFields before={before?.api_key} errorOf={errorOf} /> : null}
      {auth === "hmac" ? <HmacFields before={before?.hmac} errorOf={errorOf} /> : null}
      {auth === "oauth2" ? <OAuth2Fields before={before?.oauth2} errorOf={errorOf} /> : null}
      {auth === "none" ? null : (
        <SecretField {...secretLabels[auth]} hasSecret={hasSecret} error={errorOf("secret")} />
      )}
    </>
  );
}

type Part<K extends "api_key" | "oauth2"> = {
  before: Extract<ConnectorConfig, { kind: "http" }>[K] | undefined;
  errorOf: Props["errorOf"];
};

function ApiKeyFields({ before, errorOf }: Part<"api_key">) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Sent in" error={errorOf("config/api_key/in")}>
        <Select name="api_key_in" defaultValue={before?.in ?? "header"}>
          <option value="header">A header</option>
          <option value="query">A query parameter</option>
        </Select>
      </Field>
      <Field label="Called" error={errorOf("config/api_key/name")}>
        <Input name="api_key_name" defaultValue={before?.name ?? "X-API-Key"} className="font-mono" />
      </Field>
    </div>
  );
}

function OAuth2Fields({ before, errorOf }: Part<"oauth2">) {
  return (
    <>
      <Field
        label="Token address"
        required
        hint="Client credentials: where this connector's tokens come from. List 401 among an action's refusal_statuses when a refused token is certain to have changed nothing: it is then sent once more with a fresh one."
        error={errorOf("config/oauth2/token_url") ?? errorOf("config/oauth2")}
      >
        <Input name="token_url" type="url" required defaultValue={before?.token_url} className="font-mono" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Client id" required error={errorOf("config/oauth2/client_id")}>
          <Input
            name="client_id"
            required
            defaultValue={before?.client_id}
            className="font-mono"
            autoComplete="off"
          />
        </Field>
        <Field label="Client authenticates by" error={errorOf("config/oauth2/client_auth")}>
          <Select name="client_auth" defaultValue={before?.client_auth ?? "basic"}>
            <option value="basic">HTTP Basic</option>
            <option value="body">Members of the form</option>
          </Select>
        </Field>
        <Field label="Scope" error={errorOf("config/oauth2/scope")}>
          <Input name="scope" defaultValue={before?.scope} className="font-mono" autoComplete="off" />
        </Field>
        <Field label="Audience" error={errorOf("config/oauth2/audience")}>
          <Input name="audience" defaultValue={before?.audience} className="font-mono" autoComplete="off" />
        </Field>
      </div>
    </>
  );
}
