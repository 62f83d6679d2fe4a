"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = {
  label: string;
  hint: string;
  hasSecret: boolean;
  error: string | undefined;
  /** Offers to make a signing secret here; it is shown until the form is sent. */
  canMake?: boolean;
};

/** A secret that is written and never read back. */
export function SecretField({ label, hint, hasSecret, error, canMake }: Props) {
  const [made, setMade] = useState<string>();
  const kept = hasSecret
    ? "One is set, and is never shown. Leave empty to keep it."
    : "Stored encrypted and never shown again.";
  return (
    <>
      <Field
        label={label}
        hint={made ? "Copy it to the target now: it is never shown again." : `${hint} ${kept}`}
        error={error}
      >
        <Input
          key={made}
          name="secret"
          type={made ? "text" : "password"}
          defaultValue={made}
          readOnly={made !== undefined}
          maxLength={4000}
          autoComplete="new-password"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      {canMake ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setMade(newSigningSecret())}>Make a secret</Button>
          {made ? <CopyButton value={made} label="Copy the secret" /> : null}
        </div>
      ) : null}
      {hasSecret ? <Checkbox name="remove_secret" label="Remove the stored secret" /> : null}
    </>
  );
}

/** `whsec_` and 32 random bytes in base64. */
function newSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
