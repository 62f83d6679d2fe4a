"use client";

import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { TestedText } from "@/lib/policies/moderation/endpoints";
import { Findings } from "./findings";

export type TestAgents = (input: { text: string }) => Promise<Answer<TestedText>>;

/** Paste a text, see what the agents find in it, and where. Nothing of it is stored. */
export function TestBox({ test }: { test: TestAgents }) {
  const { submit, pending, fieldError, formError } = useSubmit(test);
  const [tested, setTested] = useState<{ text: string; findings: TestedText["findings"] }>();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // A form sends its line ends as CRLF; offsets count what was typed.
    const text = formText(new FormData(event.currentTarget), "text").replaceAll("\r\n", "\n");
    const answer = await submit({ text });
    if (answer) setTested({ text, findings: answer.findings });
  }
  return (
    <div className="flex flex-col gap-4">
      <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-3">
        <FormError>{formError}</FormError>
        <Field
          label="Text"
          hint="All offline agents look at it, on or off, at the thresholds in force."
          error={fieldError("text")}
        >
          <Textarea name="text" className="min-h-32" maxLength={20_000} required />
        </Field>
        <Button type="submit" variant="primary" pending={pending} className="self-start">
          Look for findings
        </Button>
      </form>
      <div aria-live="polite">
        {tested ? <Findings key={tested.text} text={tested.text} findings={tested.findings} /> : null}
      </div>
    </div>
  );
}
