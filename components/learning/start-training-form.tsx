"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import type { LabelSource } from "@/lib/decisions/schema";
import { counted } from "@/lib/kernel/counted";
import type { TrainingView } from "@/lib/learning/trainings";

type Start = (input: { app: string; type: string; sources: LabelSource[] }) => Promise<Answer<TrainingView>>;
type Props = {
  app: string;
  appKey: string;
  type: string;
  counts: { source: LabelSource; all: number; fresh: number }[];
  isUnderWay: boolean;
  /** A trained model waits for its own next step: another training is not what is at hand. */
  hasCandidate: boolean;
  start: Start | undefined;
};

const names: Record<LabelSource, string> = {
  review: "Reviewers' verdicts",
  audit: "Auditors' judgements",
  outcome: "Outcomes",
};

/** The labels there are, by source, and the button that trains on those chosen. */
export function StartTrainingForm({ app, appKey, type, counts, isUnderWay, hasCandidate, start }: Props) {
  const router = useRouter();
  const [sources, setSources] = useState<LabelSource[]>(["review", "audit", "outcome"]);
  const { submit, pending, formError } = useSubmit(start ?? (async () => notYours));
  const usable = counts.filter(({ source }) => sources.includes(source)).some(({ all }) => all > 0);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={async (event) => {
        event.preventDefault();
        if (await submit({ app, type, sources })) router.refresh();
      }}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-sm text-muted-foreground">
          What the new model learns from. Of one decision the strongest label counts: an outcome over an
          audit, an audit over a review.
        </legend>
        {counts.map(({ source, all, fresh }) => (
          <Checkbox
            key={source}
            label={names[source]}
            hint={`${counted(fresh, "label")} since the last training, ${counted(all, "label")} in all`}
            checked={sources.includes(source)}
            disabled={!start}
            onChange={({ target }) =>
              setSources((before) =>
                target.checked ? [...before, source] : before.filter((one) => one !== source),
              )
            }
          />
        ))}
      </fieldset>
      <p className="text-sm text-muted-foreground">
        More of them: reviewers{" "}
        <TextLink href={`/inbox?${new URLSearchParams({ app: appKey, type })}`}>rule on its reviews</TextLink>
        , auditors <TextLink href="/audits">judge audits</TextLink>, and systems tell outcomes over the{" "}
        <TextLink href="/docs/api">API</TextLink>.
      </p>
      {start ? (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            type="submit"
            variant={hasCandidate ? "secondary" : "primary"}
            pending={pending}
            disabled={!usable || isUnderWay}
          >
            Train a new model
          </Button>
          {usable ? null : (
            <p className="text-sm text-muted-foreground">
              Nobody has said the truth about a decision yet: rule on reviews, judge audits, or send outcomes.
            </p>
          )}
        </div>
      ) : (
        <p className="text-sm text-muted-foreground">An admin starts a training.</p>
      )}
      {formError ? (
        <p role="alert" className="text-sm text-declined-text">
          {formError}
        </p>
      ) : null}
    </form>
  );
}

function TextLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} prefetch={false} className="text-primary-text underline">
      {children}
    </Link>
  );
}

const notYours = {
  ok: false as const,
  error: { message: "An admin starts a training.", errors: [] },
};
