"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { PasswordField } from "@/components/identity/password-field";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { useHydrated } from "@/components/identity/use-hydrated";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

type Props = {
  email: string;
  change: (input: { current: string; next: string }) => Promise<Answer<{ ended: number }>>;
};

/** The person's own password; their other sessions end with it. */
export function ChangePasswordForm({ email, change }: Props) {
  const router = useRouter();
  const ready = useHydrated();
  const { toast } = useToast();
  const [version, setVersion] = useState(0);
  const { submit, pending, fieldError, formError } = useSubmit(change);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const changed = await submit({ current: formText(form, "current"), next: formText(form, "next") });
    if (!changed) return;
    const others = changed.ended === 1 ? "1 other session ended." : `${changed.ended} other sessions ended.`;
    toast({ title: "Password changed", description: others, tone: "success" });
    setVersion(version + 1);
    router.refresh();
  }
  return (
    <form
      key={version}
      method="post"
      onSubmit={(event) => void send(event)}
      className="flex max-w-sm flex-col gap-4 rounded-card border bg-card p-4"
    >
      <FormError>{formError}</FormError>
      {/* For password managers, which store a password with a name. */}
      <input type="email" name="email" value={email} readOnly hidden autoComplete="username" />
      <PasswordField name="current" label="Current password" kind="current" error={fieldError("current")} />
      <PasswordField name="next" label="New password" kind="new" error={fieldError("next")} />
      <Button type="submit" variant="primary" disabled={!ready} pending={pending} className="self-start">
        Change password
      </Button>
    </form>
  );
}
