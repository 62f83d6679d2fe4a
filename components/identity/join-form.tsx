"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { PasswordField } from "@/components/identity/password-field";
import { postPassword } from "@/components/identity/sign-in-client";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { useHydrated } from "@/components/identity/use-hydrated";

type Joined = { email: string };

/** Sends a form's fields to an action that makes an account, then signs in with its password. */
function useJoin(send: (input: Record<string, string>) => Promise<Answer<Joined>>) {
  const ready = useHydrated();
  const { submit, ...state } = useSubmit(send);
  async function join(event: FormEvent<HTMLFormElement>, more: Record<string, string>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const fields = Object.fromEntries([...form.keys()].map((key) => [key, formText(form, key)]));
    const joined = await submit({ ...fields, ...more });
    if (!joined) return;
    const signedIn = await postPassword(joined.email, fields.password ?? "").catch(() => ({ ok: false }));
    location.assign(signedIn.ok ? "/" : "/sign-in");
  }
  return { ...state, ready, join };
}

type SetupInput = { token: string; orgName: string; name: string; email: string; password: string };
type SetupProps = { token: string; setUp: (input: SetupInput) => Promise<Answer<Joined>> };

/** The first admin and the organisation, with the token the server printed. */
export function SetupForm({ token, setUp }: SetupProps) {
  const { join, ready, pending, fieldError, formError } = useJoin(
    ({ token = "", orgName = "", name = "", email = "", password = "" }) =>
      setUp({ token, orgName, name, email, password }),
  );
  return (
    <form method="post" onSubmit={(event) => void join(event, {})} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="One-time token" hint="The server printed it when it started." error={fieldError("token")}>
        <Input
          name="token"
          defaultValue={token}
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={200}
        />
      </Field>
      <Field label="Organisation" error={fieldError("orgName")}>
        <Input name="orgName" autoComplete="organization" required maxLength={100} />
      </Field>
      <Field label="Your name" error={fieldError("name")}>
        <Input name="name" autoComplete="name" required maxLength={100} />
      </Field>
      <Field label="E-mail" error={fieldError("email")}>
        <Input name="email" type="email" autoComplete="username" required maxLength={254} />
      </Field>
      <PasswordField name="password" label="Password" kind="new" error={fieldError("password")} />
      <Button type="submit" variant="primary" size="lg" disabled={!ready} pending={pending}>
        Create the first admin
      </Button>
    </form>
  );
}

type InvitationInput = { token: string; name: string; password: string };
type InvitationProps = {
  token: string;
  email: string;
  name: string;
  accept: (input: InvitationInput) => Promise<Answer<Joined>>;
};

/** An invited person's name and password. */
export function InvitationForm({ token, email, name: suggested, accept }: InvitationProps) {
  const { join, ready, pending, fieldError, formError } = useJoin(({ name = "", password = "" }) =>
    accept({ token, name, password }),
  );
  return (
    <form method="post" onSubmit={(event) => void join(event, {})} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="E-mail" hint="Given by the invitation.">
        <Input name="email" type="email" value={email} readOnly autoComplete="username" />
      </Field>
      <Field label="Your name" error={fieldError("name")}>
        <Input name="name" defaultValue={suggested} autoComplete="name" required maxLength={100} />
      </Field>
      <PasswordField name="password" label="Password" kind="new" error={fieldError("password")} />
      <Button type="submit" variant="primary" size="lg" disabled={!ready} pending={pending}>
        Join
      </Button>
    </form>
  );
}
