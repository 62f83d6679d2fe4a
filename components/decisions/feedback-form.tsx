"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { Cause } from "@/lib/kernel/statuses";

type Source = "customer" | "system_of_record";
type Said = { vote?: "up" | "down"; text?: string; cause?: Cause; source?: Source };
export type GiveFeedback = (input: { decisionId: string; said: Said }) => Promise<Answer<{ id: string }>>;
type Props = {
  decisionId: string;
  give: GiveFeedback;
  /** Whom an admin passes the words of on for; reviewers and auditors speak for themselves. */
  sources: Source[];
};

const causes: Record<Cause, string> = {
  input: "The input: what came in was wrong",
  context: "The context: it lacked or misread something",
  inference: "The inference: the model concluded wrongly",
  policy: "The policy: the rule itself is wrong",
  reviewer: "The reviewer: a person ruled wrongly",
};
const sourceWords: Record<Source, string> = {
  customer: "A customer",
  system_of_record: "A system of record",
};
const empty = { vote: undefined, text: "", cause: "" as Cause | "" };

/** What this person says of a decision: a vote, words, and why it was wrong. */
export function FeedbackForm({ decisionId, give, sources }: Props) {
  const [said, setSaid] = useState<{ vote?: "up" | "down"; text: string; cause: Cause | "" }>(empty);
  const [source, setSource] = useState(sources[0]);
  const { submit, pending, formError, fieldError } = useSubmit(give);
  const { toast } = useToast();
  const router = useRouter();
  const vote = (to: "up" | "down") =>
    setSaid((was) => ({
      ...was,
      vote: was.vote === to ? undefined : to,
      cause: to === "up" ? "" : was.cause,
    }));

  async function send(event: FormEvent) {
    event.preventDefault();
    const { vote, text, cause } = said;
    const done = await submit({
      decisionId,
      said: { vote, text: text.trim() || undefined, cause: cause || undefined, source },
    });
    if (!done) return;
    setSaid(empty);
    toast({ title: "Feedback kept", tone: "success" });
    router.refresh();
  }

  return (
    <form onSubmit={(event) => void send(event)} className="flex flex-col gap-3">
      <FormError>{formError}</FormError>
      {source ? (
        <Field label="Who says it" error={fieldError("said/source")}>
          <Select value={source} onChange={(event) => setSource(event.target.value as Source)}>
            {sources.map((one) => (
              <option key={one} value={one}>
                {sourceWords[one]}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <div role="group" aria-label="Vote" className="flex gap-2">
        <Button
          aria-pressed={said.vote === "up"}
          className="aria-pressed:bg-approved-soft aria-pressed:text-approved-text"
          onClick={() => vote("up")}
        >
          <ThumbsUp aria-hidden className="size-4" />
          Good
        </Button>
        <Button
          aria-pressed={said.vote === "down"}
          className="aria-pressed:bg-declined-soft aria-pressed:text-declined-text"
          onClick={() => vote("down")}
        >
          <ThumbsDown aria-hidden className="size-4" />
          Bad
        </Button>
      </div>
      {said.vote === "down" ? (
        <Field label="What was at fault" error={fieldError("said/cause")}>
          <Select
            value={said.cause}
            onChange={(event) => setSaid({ ...said, cause: event.target.value as Cause | "" })}
          >
            <option value="">Not known</option>
            {Object.entries(causes).map(([cause, words]) => (
              <option key={cause} value={cause}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Field label="In your words" error={fieldError("said/text")}>
        <Textarea
          rows={3}
          value={said.text}
          onChange={(event) => setSaid({ ...said, text: event.target.value })}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="w-fit"
        pending={pending}
        disabled={!said.vote && said.text.trim() === ""}
      >
        Give feedback
      </Button>
    </form>
  );
}
