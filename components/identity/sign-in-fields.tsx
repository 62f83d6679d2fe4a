"use client";

import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { controlStyles } from "@/components/ui/control-styles";

type FieldProps = ComponentProps<"input"> & { label: string; children?: ReactNode };

/**
 * A labelled control of the sign-in page. It looks as `Field` and `Input` do and merges no classes: whoever is not
 * signed in yet waits for as little code as there can be.
 */
export function SignInField({ label, children, ...props }: FieldProps) {
  const id = useId();
  return (
    <div className="relative flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold text-foreground">
        {label}
      </label>
      <input id={id} required className={`${controlStyles} h-8 pointer-coarse:h-12`} {...props} />
      {children}
    </div>
  );
}

/** A password that can be pasted, filled in by a manager, and looked at. */
export function SignInPassword() {
  const [shown, setShown] = useState(false);
  return (
    <SignInField
      label="Password"
      name="password"
      type={shown ? "text" : "password"}
      autoComplete="current-password"
      maxLength={1024}
      spellCheck={false}
      autoCapitalize="none"
    >
      <button
        type="button"
        className="absolute end-0 -top-0.5 h-6 text-xs text-primary-text underline-offset-4 hover:underline pointer-coarse:-top-3 pointer-coarse:h-10"
        aria-pressed={shown}
        aria-label="Show password"
        onClick={() => setShown(!shown)}
      >
        {shown ? "Hide" : "Show"}
      </button>
    </SignInField>
  );
}

// As a large `Button`; written out, because nothing here settles which of two classes wins.
const looks = {
  primary: "border-transparent bg-primary text-primary-foreground hover:bg-primary-hover",
  secondary: "border-border-strong/50 bg-surface text-foreground hover:bg-surface-2",
};
const buttonLook =
  "inline-flex h-10 items-center justify-center gap-2 rounded-control border px-4 text-base font-semibold transition-colors select-none disabled:pointer-events-none disabled:opacity-55 pointer-coarse:h-12";

type ButtonProps = ComponentProps<"button"> & { look: keyof typeof looks; pending: boolean };

export function SignInButton({ look, pending, disabled, children, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={`${buttonLook} ${looks[look]}`}
      aria-busy={pending || undefined}
      disabled={disabled === true || pending}
      {...props}
    >
      {pending ? (
        <span
          aria-hidden
          className="size-4 animate-spin rounded-full border-2 border-current border-e-transparent"
        />
      ) : null}
      {children}
    </button>
  );
}
