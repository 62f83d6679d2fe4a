"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Paperclip } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { AppealBadge } from "@/components/notices/appeal-badge";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { Button } from "@/components/ui/button";
import { buttonStyles } from "@/components/ui/button-styles";
import { ErrorCard } from "@/components/ui/error-card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import { causes, type Cause } from "@/lib/kernel/statuses";
import type { AppealView } from "@/lib/notices/appeals";
import { answerAppeal, appealOfReview } from "@/lib/notices/client";
import { reviewsKey } from "@/lib/reviews/client";
import type { ReviewView } from "@/lib/reviews/schema";
import type { Viewer } from "./answers";

type Props = { review: Pick<ReviewView, "id" | "resolved_at">; viewer: Viewer };

/** What the person concerned wrote, and the answer to it. */
export function AppealPanel({ review, viewer }: Props) {
  const { data: appeal, error, refetch } = useQuery(appealOfReview(review.id));
  if (error)
    return (
      <ErrorCard
        title="The appeal could not be read"
        message={error.message}
        onRetry={() => void refetch()}
      />
    );
  if (!appeal) {
    return (
      <div className="mb-6">
        <SkeletonRows rows={4} label="Reading the appeal" />
      </div>
    );
  }
  const part = appeal.first_ruled_by.some(({ id }) => id === viewer.id);
  const open = appeal.status === "submitted" && review.resolved_at === null;
  return (
    <section
      aria-labelledby="appeal-heading"
      className="mb-6 flex flex-col gap-4 rounded-card border bg-card p-4"
    >
      <header className="flex flex-wrap items-center gap-2">
        <h2 id="appeal-heading" className="text-md font-semibold">
          Appeal
        </h2>
        <AppealBadge appeal={appeal} />
        {appeal.submitted_at ? (
          <span className="text-xs text-muted-foreground">
            received <Time at={appeal.submitted_at} />
          </span>
        ) : null}
      </header>
      <Written appeal={appeal} />
      <Decided appeal={appeal} />
      {open && viewer.mayRule && !part ? <AnswerForm reviewId={review.id} /> : null}
      {open && part ? (
        <p className="text-sm text-muted-foreground">
          You had a part in this decision; somebody else answers.
        </p>
      ) : null}
      {appeal.answer ? (
        <div className="flex flex-col gap-1 border-t pt-3">
          <h3 className="text-sm font-semibold">The answer they read</h3>
          <UntrustedText text={appeal.answer} />
        </div>
      ) : null}
      {appeal.status === "overturned" ? <WhatNow appeal={appeal} /> : null}
    </section>
  );
}

function Written({ appeal }: { appeal: AppealView }) {
  const { statement, contact, files } = appeal;
  return (
    <div className="flex flex-col gap-2 border-s-2 border-strong ps-3">
      <UntrustedText text={statement ?? ""} cap={1500} />
      {contact ? (
        <p className="text-xs text-muted-foreground">
          Reached at <UntrustedInline text={contact} />
        </p>
      ) : null}
      {files.length > 0 ? (
        <ul aria-label="Files" className="flex flex-wrap gap-2">
          {files.map(({ id, name, size }) => (
            <li key={id}>
              <a href={`/api/appeal-files/${id}`} download className={buttonStyles({ size: "sm" })}>
                <Paperclip aria-hidden /> <UntrustedInline text={name} />
                <span className="text-xs text-muted-foreground">
                  {Math.max(1, Math.round(size / 1024))} kB
                </span>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

const outcomeWords = {
  acted: "The action was approved",
  not_acted: "The action was declined",
  open: "The decision is open again",
};

function Decided({ appeal }: { appeal: AppealView }) {
  const names = appeal.first_ruled_by.map(({ name }) => name).join(", ");
  return (
    <p className="text-sm text-muted-foreground">
      {outcomeWords[appeal.outcome]}
      {names ? ` by ${names}` : " without a person"}.{" "}
      <Link
        href={`/decisions/${appeal.decision_id}`}
        className="text-primary-text underline underline-offset-2"
      >
        See the decision
      </Link>
    </p>
  );
}

function AnswerForm({ reviewId }: { reviewId: string }) {
  const client = useQueryClient();
  const { toast } = useToast();
  const [verdict, setVerdict] = useState<"upheld" | "overturned">("upheld");
  const { mutate, isPending, error } = useMutation({
    mutationFn: (form: FormData) => {
      const cause = causes.find((one) => one === formText(form, "cause"));
      return answerAppeal(reviewId, {
        verdict,
        answer: formText(form, "answer"),
        ...(cause ? { cause } : {}),
      });
    },
    onSuccess: async (appeal) => {
      client.setQueryData(appealOfReview(reviewId).queryKey, appeal);
      toast({ tone: "success", title: "Answered", description: "The person reads it on their page." });
      await client.invalidateQueries({ queryKey: reviewsKey });
    },
  });
  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    mutate(new FormData(event.currentTarget));
  }
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-3 border-t pt-4">
      <FormError>{error?.message}</FormError>
      <fieldset className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
        <legend className="mb-2 text-sm font-semibold">Was the decision right?</legend>
        <Choice name="upheld" chosen={verdict} onChoose={setVerdict} label="Yes, it stands" />
        <Choice name="overturned" chosen={verdict} onChoose={setVerdict} label="No, it was wrong" />
      </fieldset>
      {verdict === "overturned" ? (
        <Field label="Why it was wrong" hint="For our figures; the person does not read it.">
          <Select name="cause" defaultValue="">
            <option value="">Not said</option>
            {causes.map((cause) => (
              <option key={cause} value={cause}>
                {causeWords[cause]}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Field label="Answer" hint="The person reads this as it is. Your name is not shown." required>
        <Textarea name="answer" rows={4} required maxLength={5000} />
      </Field>
      <Button type="submit" variant="primary" pending={isPending} className="self-start">
        Send the answer
      </Button>
    </form>
  );
}

type ChoiceProps = {
  name: "upheld" | "overturned";
  label: string;
  chosen: string;
  onChoose: (name: "upheld" | "overturned") => void;
};

function Choice({ name, label, chosen, onChoose }: ChoiceProps) {
  return (
    <label className="inline-flex min-h-6 cursor-pointer items-center gap-2 pointer-coarse:min-h-12">
      <input
        type="radio"
        name="verdict"
        value={name}
        checked={chosen === name}
        onChange={() => onChoose(name)}
        className="size-4 accent-primary"
      />
      {label}
    </label>
  );
}

const causeWords: Record<Cause, string> = {
  input: "What came in was wrong",
  context: "Something was missing",
  inference: "The model drew a wrong conclusion",
  policy: "The rules were wrong",
  reviewer: "A person misjudged it",
};

/** Answering undoes nothing: who acted acts again, with somebody’s approval. */
function WhatNow({ appeal }: { appeal: AppealView }) {
  return (
    <p className="rounded-control bg-review-soft px-3 py-2 text-sm text-review-text">
      {appeal.execution_id ? (
        <>
          Nothing was undone by this.{" "}
          <Link href={`/executions/${appeal.execution_id}`} className="underline">
            Propose to undo what was carried out
          </Link>
        </>
      ) : (
        <>Nothing was done by this. What should be done now, {appeal.app.name} submits as a new decision.</>
      )}
    </p>
  );
}
