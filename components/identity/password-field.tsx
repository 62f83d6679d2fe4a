"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { passwordMinimum } from "@/lib/identity/passwords";

type Props = {
  name: string;
  label: string;
  kind: "current" | "new";
  error?: ReactNode;
};

/** A password that can be pasted, filled in by a manager, and looked at. */
export function PasswordField({ name, label, kind, error }: Props) {
  const [shown, setShown] = useState(false);
  const hint =
    kind === "new" ? `At least ${passwordMinimum} characters; several unrelated words are good.` : undefined;
  return (
    <div className="relative">
      <Field label={label} hint={hint} error={error}>
        <Input
          name={name}
          type={shown ? "text" : "password"}
          autoComplete={kind === "new" ? "new-password" : "current-password"}
          maxLength={1024}
          required
          spellCheck={false}
          autoCapitalize="none"
        />
      </Field>
      <Button
        variant="link"
        className="absolute end-0 -top-0.5 h-6 text-xs font-normal pointer-coarse:-top-3"
        aria-pressed={shown}
        aria-label={`Show ${label.toLowerCase()}`}
        onClick={() => setShown(!shown)}
      >
        {shown ? "Hide" : "Show"}
      </Button>
    </div>
  );
}
