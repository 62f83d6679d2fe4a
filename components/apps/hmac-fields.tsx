"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { HmacAuth } from "@/lib/apps/connector-config";

type Props = { before: HmacAuth | null | undefined; errorOf: (name: string) => string | undefined };

const presets: Record<"standard" | "stripe", HmacAuth> = {
  standard: {
    algorithm: "sha256",
    key_encoding: "base64",
    encoding: "base64",
    content: "{id}.{timestamp}.{body}",
    header: "webhook-signature",
    format: "v1,{signature}",
    timestamp_header: "webhook-timestamp",
    id_header: "webhook-id",
  },
  stripe: {
    algorithm: "sha256",
    key_encoding: "utf8",
    encoding: "hex",
    content: "{timestamp}.{body}",
    header: "X-Signature",
    format: "t={timestamp},v1={signature}",
    timestamp_header: null,
    id_header: null,
  },
};

/** What is signed, how, and in which headers it is said. */
export function HmacFields({ before, errorOf }: Props) {
  const [form, setForm] = useState<{ name: string; values: HmacAuth }>({
    name: before ? "own" : "standard",
    values: before ?? presets.standard,
  });
  const { values } = form;
  const at = (name: string) => errorOf(`config/hmac/${name}`);
  return (
    <fieldset className="flex min-w-0 flex-col gap-4">
      <legend className="sr-only">Signature</legend>
      <Field label="Form" hint="Fills the fields below; change what the target has otherwise.">
        <Select
          value={form.name}
          onChange={({ target: { value } }) =>
            setForm({
              name: value,
              values: value === "standard" || value === "stripe" ? presets[value] : (before ?? values),
            })
          }
        >
          <option value="standard">Standard Webhooks</option>
          <option value="stripe">Stripe's form</option>
          <option value="own">As set below</option>
        </Select>
      </Field>
      <div key={form.name} className="grid gap-4 sm:grid-cols-2">
        <Field label="Signed text" hint="Of {id} {timestamp} {method} {path} {body}." error={at("content")}>
          <Input name="hmac_content" defaultValue={values.content} className="font-mono" />
        </Field>
        <Field label="Header's value" hint="Holds {signature}." error={at("format")}>
          <Input name="hmac_format" defaultValue={values.format} className="font-mono" />
        </Field>
        <Field label="Signature's header" error={at("header")}>
          <Input name="hmac_header" defaultValue={values.header} className="font-mono" />
        </Field>
        <Field label="Time's header" hint="Empty: none." error={at("timestamp_header")}>
          <Input
            name="hmac_timestamp_header"
            defaultValue={values.timestamp_header ?? ""}
            className="font-mono"
          />
        </Field>
        <Field label="Id's header" hint="The action key. Empty: none." error={at("id_header")}>
          <Input name="hmac_id_header" defaultValue={values.id_header ?? ""} className="font-mono" />
        </Field>
        <Field label="Algorithm" error={at("algorithm")}>
          <Select name="hmac_algorithm" defaultValue={values.algorithm}>
            <option value="sha256">HMAC-SHA256</option>
            <option value="sha512">HMAC-SHA512</option>
          </Select>
        </Field>
        <Field label="Secret is written in" error={at("key_encoding")}>
          <Select name="hmac_key_encoding" defaultValue={values.key_encoding}>
            <option value="utf8">Plain text</option>
            <option value="base64">Base64 (whsec_…)</option>
            <option value="hex">Hexadecimal</option>
          </Select>
        </Field>
        <Field label="Signature is written in" error={at("encoding")}>
          <Select name="hmac_encoding" defaultValue={values.encoding}>
            <option value="hex">Hexadecimal</option>
            <option value="base64">Base64</option>
          </Select>
        </Field>
      </div>
    </fieldset>
  );
}
