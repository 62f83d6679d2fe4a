"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorKind } from "@/lib/apps/schema";

type Props = { kind: ConnectorKind; config?: ConnectorConfig; errorOf: (name: string) => string | undefined };

const hints: Record<Exclude<ConnectorKind, "email">, string> = {
  http: "Without user name, query or fragment.",
  webhook: "Where messages are posted; an action may add a path.",
  mcp: "The server's own address, such as https://tools.example/mcp.",
};

/** Where a connector points. */
export function ConnectorAddressFields({ kind, config, errorOf }: Props) {
  if (kind === "email") return <MailFields config={config} errorOf={errorOf} />;
  return (
    <Field label="Address" required hint={hints[kind]} error={errorOf("config/base_url")}>
      <Input
        name="base_url"
        type="url"
        required
        defaultValue={config && config.kind !== "email" ? config.base_url : ""}
        className="font-mono"
      />
    </Field>
  );
}

function MailFields({ config, errorOf }: Omit<Props, "kind">) {
  const mail = config?.kind === "email" ? config : undefined;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_6rem]">
        <Field label="Mail server" required hint="Such as smtp.example.com." error={errorOf("config/host")}>
          <Input name="host" required defaultValue={mail?.host} className="font-mono" autoComplete="off" />
        </Field>
        <Field label="Port" error={errorOf("config/port")}>
          <Input name="port" inputMode="numeric" defaultValue={mail?.port ?? 587} />
        </Field>
      </div>
      <Field label="Encryption" error={errorOf("config/tls")}>
        <Select name="tls" defaultValue={mail?.tls ?? "starttls"}>
          <option value="starttls">STARTTLS, always (587)</option>
          <option value="implicit">TLS from the start (465)</option>
          <option value="none">None: only to a host this installation lists as private</option>
        </Select>
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Sender's address" required error={errorOf("config/from")}>
          <Input name="from" type="email" required defaultValue={mail?.from} autoComplete="off" />
        </Field>
        <Field label="Sender's name" error={errorOf("config/from_name")}>
          <Input name="from_name" maxLength={100} defaultValue={mail?.from_name} autoComplete="off" />
        </Field>
      </div>
      <Field label="User name" hint="Empty: no sign-in." error={errorOf("config/username")}>
        <Input
          name="username"
          maxLength={300}
          defaultValue={mail?.username}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
    </>
  );
}
