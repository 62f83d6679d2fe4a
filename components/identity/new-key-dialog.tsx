"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { SecretOnce } from "@/components/identity/secret-once";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { useHydrated } from "@/components/identity/use-hydrated";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { scopes, scopeSentences, type Scope } from "@/lib/identity/schema";

type KeyInput = { appId: string; name: string; scopes: Scope[]; expiresInDays: number };
type KeyProps = {
  apps: { id: string; name: string }[];
  create: (input: KeyInput) => Promise<Answer<{ key: string }>>;
};

/** Makes an app's key and shows it once. */
export function NewKeyDialog({ apps, create }: KeyProps) {
  return (
    <SecretDialog noun="key" sentence="It belongs to one app and holds only these scopes.">
      {(onMade) => <KeyForm apps={apps} create={create} onMade={onMade} />}
    </SecretDialog>
  );
}

type TokenInput = { name: string; expiresInDays: number };
type TokenProps = { create: (input: TokenInput) => Promise<Answer<{ token: string }>> };

/** Makes a personal token and shows it once. */
export function NewTokenDialog({ create }: TokenProps) {
  return (
    <SecretDialog
      noun="token"
      sentence="Whoever holds it acts as you, with your role. Keep it like a password."
    >
      {(onMade) => <TokenForm create={create} onMade={onMade} />}
    </SecretDialog>
  );
}

type SecretDialogProps = {
  noun: "key" | "token";
  sentence: string;
  children: (onMade: (secret: string) => void) => ReactNode;
};

function SecretDialog({ noun, sentence, children }: SecretDialogProps) {
  const router = useRouter();
  const ready = useHydrated();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  function change(next: boolean) {
    setOpen(next);
    if (!next && secret) router.refresh();
    if (next) setSecret(undefined);
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary" disabled={!ready}>
          <Plus aria-hidden /> New {noun}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={secret ? `Copy the ${noun} now` : `New ${noun}`}
        description={secret ? undefined : sentence}
      >
        {secret ? (
          <SecretOnce label={noun === "key" ? "API key" : "Personal token"} secret={secret}>
            {`This is the only time the ${noun} is shown. Store it where your program reads its secrets.`}
          </SecretOnce>
        ) : (
          children(setSecret)
        )}
      </DialogContent>
    </Dialog>
  );
}

function KeyForm({ apps, create, onMade }: KeyProps & { onMade: (key: string) => void }) {
  const { submit, pending, fieldError, formError } = useSubmit(create);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const made = await submit({
      appId: formText(form, "appId"),
      name: formText(form, "name"),
      scopes: scopes.filter((scope) => form.getAll("scopes").includes(scope)),
      expiresInDays: Number(form.get("expiresInDays")),
    });
    if (made) onMade(made.key);
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError ?? fieldError("app_id") ?? fieldError("scopes")}</FormError>
      <Field label="App" error={fieldError("appId")}>
        <Select name="appId" required>
          {apps.map((app) => (
            <option key={app.id} value={app.id}>
              {app.name}
            </option>
          ))}
        </Select>
      </Field>
      <NameAndExpiry nameError={fieldError("name")} />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-sm font-semibold">Scopes</legend>
        {scopes.map((scope) => (
          <Checkbox
            key={scope}
            name="scopes"
            value={scope}
            label={scope}
            hint={scopeSentences[scope]}
            defaultChecked={scope === "decisions:write"}
          />
        ))}
      </fieldset>
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Create the key
      </Button>
    </form>
  );
}

function TokenForm({ create, onMade }: TokenProps & { onMade: (token: string) => void }) {
  const { submit, pending, fieldError, formError } = useSubmit(create);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const made = await submit({
      name: formText(form, "name"),
      expiresInDays: Number(form.get("expiresInDays")),
    });
    if (made) onMade(made.token);
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <NameAndExpiry nameError={fieldError("name")} />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Create the token
      </Button>
    </form>
  );
}

const expiries = [7, 30, 90, 180, 365];

function NameAndExpiry({ nameError }: { nameError?: string }) {
  return (
    <>
      <Field label="Name" hint="Where it will be used." error={nameError}>
        <Input name="name" required maxLength={100} autoComplete="off" />
      </Field>
      <Field label="Expires after">
        <Select name="expiresInDays" defaultValue="90">
          {expiries.map((days) => (
            <option key={days} value={days}>
              {days} days
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
