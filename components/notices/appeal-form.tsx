"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { FormError } from "@/components/identity/form-error";
import { appealLimits } from "@/lib/notices/appeal-limits";

type Problem = { detail?: string; errors?: { pointer: string; message: string }[] };
type Props = {
  token: string;
  /** Why it was not taken, where it was sent without scripts. */
  refused: string | undefined;
};

const longestMb = appealLimits.fileBytes / 1024 / 1024;

/** Where the person says what they think is wrong. It works without scripts, too. */
export function AppealForm({ token, refused }: Props) {
  const [problem, setProblem] = useState<Problem | undefined>(refused ? { detail: refused } : undefined);
  const [pending, setPending] = useState(false);
  const [length, setLength] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const address = `/api/appeals/${encodeURIComponent(token)}`;
  const errorOf = (name: string) =>
    problem?.errors?.find(({ pointer }) => pointer.startsWith(`/${name}`))?.message;
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = new FormData(event.currentTarget);
    const tooMuch = refuseFiles(body);
    if (tooMuch) return setProblem(tooMuch);
    setPending(true);
    setProblem(undefined);
    try {
      const response = await fetch(address, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
      });
      if (response.ok) return location.reload();
      setProblem((await response.json()) as Problem);
    } catch {
      setProblem({ detail: "It could not be sent. Check your connection, then try again." });
    }
    setPending(false);
    return undefined;
  }
  return (
    <section aria-labelledby="appeal" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id="appeal" className="text-lg font-semibold">
          Is it wrong?
        </h2>
        <p className="text-base text-muted-foreground">
          Say why, in your own words. A person who had no part in the decision will look at it again.
        </p>
      </div>
      <form
        ref={form}
        method="post"
        action={address}
        encType="multipart/form-data"
        onSubmit={(event) => void send(event)}
        className="flex flex-col gap-4"
      >
        <FormError>{problem && !problem.errors?.length ? problem.detail : null}</FormError>
        <Field
          label="What is wrong"
          hint={`${length} of ${appealLimits.statement} characters`}
          error={errorOf("statement")}
          required
        >
          <Textarea
            name="statement"
            rows={7}
            className="min-h-36"
            required
            maxLength={appealLimits.statement}
            onChange={(event) => setLength(event.target.value.length)}
          />
        </Field>
        <Field
          label="How to reach you"
          hint="An e-mail address or a telephone number, if you like. The answer stands on this page."
          error={errorOf("contact")}
        >
          <Input name="contact" maxLength={appealLimits.contact} autoComplete="email" />
        </Field>
        <Field
          label="Files"
          hint={`Up to ${appealLimits.files}: PDF, PNG, JPEG or text, ${longestMb} MB each at most.`}
          error={errorOf("files")}
        >
          <Input
            name="files"
            type="file"
            multiple
            accept="application/pdf,image/png,image/jpeg,text/plain"
            className="h-auto py-2 file:me-3 file:rounded-sm file:border-0 file:bg-surface-3 file:px-2 file:py-1 file:text-foreground"
          />
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          pending={pending}
          className="self-start max-sm:w-full"
        >
          Send it
        </Button>
      </form>
    </section>
  );
}

// Said before five megabytes are on their way.
function refuseFiles(body: FormData): Problem | undefined {
  const files = body.getAll("files").filter((file) => typeof file !== "string" && file.size > 0);
  if (files.length > appealLimits.files) {
    return { errors: [{ pointer: "/files", message: `At most ${appealLimits.files} files` }] };
  }
  const large = files.some((file) => typeof file !== "string" && file.size > appealLimits.fileBytes);
  return large
    ? { errors: [{ pointer: "/files", message: `A file may have ${longestMb} MB at most` }] }
    : undefined;
}
