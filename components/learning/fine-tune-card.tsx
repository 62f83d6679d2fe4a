import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { FineTuneView } from "@/lib/learning/fine-tunes";
import { isTuning, tuningWord } from "@/lib/learning/words";
import { type Resolve, ResolveFineTuneForm } from "./resolve-fine-tune-form";
import { type Step, StepButton } from "./step-button";

type Props = { tune: FineTuneView; cancel: Step | undefined; resolve: Resolve | undefined };

/** One fine-tuning job: where it stands, what the provider says, what came of it. */
export function FineTuneCard({ tune, cancel, resolve }: Props) {
  return (
    <Card aria-labelledby={tune.id}>
      <CardHeader
        id={tune.id}
        title={<UntrustedInline text={tune.base_model} />}
        actions={<Badge tone={toneOf(tune)}>{tuningWord(tune.status)}</Badge>}
      />
      <CardBody className="flex flex-col gap-3">
        {tune.error ? (
          <p role="alert">
            <UntrustedInline text={tune.error} />
          </p>
        ) : null}
        <DefinitionList items={factsOf(tune)} />
        {tune.events.length > 0 ? (
          <details>
            <summary className="cursor-pointer text-sm font-semibold">What the provider said</summary>
            <ul className="mt-2 flex flex-col gap-1 text-sm">
              {tune.events.map(({ at, message }, index) => (
                <li key={`${at}-${index}`}>
                  {at ? <Time at={at} /> : null} <UntrustedInline text={message} />
                </li>
              ))}
            </ul>
          </details>
        ) : null}
        {tune.status === "unknown" && resolve ? <ResolveFineTuneForm id={tune.id} resolve={resolve} /> : null}
        {isTuning(tune) && cancel && !tune.cancel_asked ? (
          <div>
            <StepButton
              id={tune.id}
              label="Cancel"
              question="Cancel this job?"
              consequence="The provider is told. What it has done so far may be billed."
              variant="ghost"
              send={cancel}
            />
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}

function factsOf(tune: FineTuneView) {
  const optional = [
    { term: "File there", value: tune.remote_file },
    { term: "Job there", value: tune.remote_job },
    { term: "In its words", value: tune.remote_status },
    { term: "Tokens trained", value: tune.trained_tokens?.toLocaleString("en") ?? null },
    { term: "Model made", value: tune.result_model },
    {
      term: "Prompt in shadow",
      value: tune.result_prompt_version ? "A version of the files' prompt asks it" : null,
    },
  ];
  return [
    { term: "Endpoint of", detail: tune.model.key },
    {
      term: "Started",
      detail: (
        <>
          <Time at={tune.created_at} /> by {tune.created_by}
        </>
      ),
    },
    ...optional.flatMap(({ term, value }) =>
      value === null ? [] : [{ term, detail: <UntrustedInline text={value} /> }],
    ),
  ];
}

function toneOf({ status }: FineTuneView) {
  if (status === "succeeded") return "approved" as const;
  if (status === "failed" || status === "cancelled") return "declined" as const;
  return status === "unknown" ? ("escalated" as const) : ("neutral" as const);
}
