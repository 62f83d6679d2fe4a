"use client";

import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { oidcAddress, postPassword } from "@/components/identity/sign-in-client";
import { SignInButton, SignInField, SignInPassword } from "@/components/identity/sign-in-fields";
import { useHydrated } from "@/components/identity/use-hydrated";
import { signInSentence } from "@/lib/identity/sign-in-sentences";

type Props = {
  /** Where to go afterwards: a path of ours. */
  next: string;
  /** A code that an earlier try left in the address. */
  error?: string;
  /** The name of the single sign-on service, when there is one. */
  oidcName?: string;
};

/** E-mail and password, or single sign-on. */
export function SignInForm({ next, error: earlier, oidcName }: Props) {
  const ready = useHydrated();
  const [error, setError] = useState(earlier);
  const [pending, setPending] = useState<"none" | "password" | "oidc">("none");

  async function run(which: "password" | "oidc", work: () => Promise<string | undefined>) {
    setPending(which);
    setError(undefined);
    const failure = await work().catch(() => "unavailable");
    // On success the page is being left: the button stays busy until it is gone.
    if (!failure) return;
    setError(failure);
    setPending("none");
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void run("password", async () => {
      const answer = await postPassword(formText(form, "email"), formText(form, "password"));
      if (!answer.ok) return answer.error;
      location.assign(next);
      return undefined;
    });
  }

  function continueWithOidc() {
    void run("oidc", async () => {
      const address = await oidcAddress(next);
      if (!address) return "unavailable";
      location.assign(address);
      return undefined;
    });
  }

  return (
    <div className="flex flex-col gap-4">
      <FormError>{error ? signInSentence(error) : null}</FormError>
      <form method="post" onSubmit={submit} className="flex flex-col gap-4">
        <SignInField label="E-mail" name="email" type="email" autoComplete="username" maxLength={254} />
        <SignInPassword />
        <SignInButton type="submit" look="primary" disabled={!ready} pending={pending === "password"}>
          Sign in
        </SignInButton>
      </form>
      {oidcName ? (
        <SignInButton
          look="secondary"
          disabled={!ready}
          pending={pending === "oidc"}
          onClick={continueWithOidc}
        >
          Continue with {oidcName}
        </SignInButton>
      ) : null}
    </div>
  );
}
