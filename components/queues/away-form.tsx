"use client";

import { useRouter } from "next/navigation";
import { type FormEvent } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Time } from "@/components/ui/time";

export type AwayAction = (input: { person: string; until: string | null }) => Promise<Answer<unknown>>;
type Props = { person: string; awayUntil: string | null; setAway: AwayAction; onDone?: () => void };

/** Until when somebody is away, in their own time, or that they are back. */
export function AwayForm({ person, awayUntil, setAway, onDone }: Props) {
  const { submit, pending, formError, fieldError } = useSubmit(setAway);
  const router = useRouter();
  async function say(until: string | null) {
    if (!(await submit({ person, until }))) return;
    onDone?.();
    router.refresh();
  }
  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = formText(new FormData(event.currentTarget), "until");
    const until = new Date(typed);
    void say(Number.isNaN(until.getTime()) ? typed : until.toISOString());
  }
  if (awayUntil) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm">
          Away, back <Time at={awayUntil} />. Nothing is kept for {person === "me" ? "you" : "them"}{" "}
          meanwhile.
        </p>
        <FormError>{formError}</FormError>
        <Button pending={pending} onClick={() => void say(null)}>
          {person === "me" ? "I am back" : "They are back"}
        </Button>
      </div>
    );
  }
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-3">
      <FormError>{formError}</FormError>
      <Field
        label="Away until"
        hint="Nothing is kept for a person who is away; what was goes back to its queue."
        error={fieldError("until")}
      >
        <Input type="datetime-local" name="until" required />
      </Field>
      <Button type="submit" pending={pending} className="self-end">
        Set away
      </Button>
    </form>
  );
}
