"use client";

import { formatConfidence } from "@/lib/kernel/confidence";
import { Bot, UserPen } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { ReviewView } from "@/lib/reviews/schema";
import { reasonChip } from "./reason-words";

const levelWords = {
  shadow: "Shadow: nothing is acted on",
  review_all: "Review all: a person rules on everything",
  auto: "Auto: acts alone above its threshold",
};

/** Why the app proposes this, and why it came to a person. */
export function WhyPanel({ review }: { review: ReviewView }) {
  const { decision, reasons, route } = review;
  return (
    <div className="flex flex-col gap-5">
      <section aria-labelledby="why-model" className="flex flex-col gap-2">
        <h2 id="why-model" className="text-sm font-semibold">
          {review.proposer ? `What ${review.proposer.name} proposes` : "What the model recommends"}
        </h2>
        <p className="text-md font-semibold">{review.predicted === "positive" ? "To act" : "Not to act"}</p>
        {review.proposer ? null : <Confidence confidence={review.confidence} />}
      </section>
      <section aria-labelledby="why-here" className="flex flex-col gap-2">
        <h2 id="why-here" className="text-sm font-semibold">
          Why it is here
        </h2>
        <ul className="flex flex-col gap-2">
          {reasons.map((reason) => (
            <li key={reason.code} className="flex flex-col gap-0.5">
              <Badge tone="review">{reasonChip(reason)}</Badge>
              <span className="text-sm text-muted-foreground">{reason.message}.</span>
            </li>
          ))}
        </ul>
        <p className="text-sm text-muted-foreground">{levelWords[route.level]}.</p>
      </section>
      {decision.rationale === null ? null : (
        <section
          aria-labelledby="why-rationale"
          className="flex flex-col gap-2 rounded-card border border-dashed p-3"
        >
          <h2
            id="why-rationale"
            className="flex items-center gap-1.5 text-xs font-semibold text-muted-foreground"
          >
            {review.proposer ? (
              <>
                <UserPen aria-hidden className="size-4" />
                Reason: written by {review.proposer.name}
              </>
            ) : (
              <>
                <Bot aria-hidden className="size-4" />
                Rationale: written by the model, not verified
              </>
            )}
          </h2>
          <UntrustedText text={decision.rationale} cap={800} />
        </section>
      )}
      <Origin review={review} />
      <History review={review} />
    </div>
  );
}

function Confidence({ confidence }: { confidence: number | null }) {
  if (confidence === null) return <p className="text-sm text-muted-foreground">It gave no confidence.</p>;
  return (
    <p className="text-sm text-muted-foreground">
      It says{" "}
      <span className="font-semibold text-foreground tabular-nums">{formatConfidence(confidence)}</span>, as
      if {confidence > 0.99 ? "more than 99" : Math.round(confidence * 100)} of 100 like this were right. Not
      calibrated yet: that is the model’s own claim.
    </p>
  );
}

function Origin({ review }: { review: ReviewView }) {
  const { model, prompt_version, external_id } = review.decision;
  const items = [
    { term: "App", detail: review.app.name },
    { term: "Type", detail: review.type.name },
    model
      ? {
          term: "Model",
          detail: <UntrustedInline text={[model.provider, model.name].filter(Boolean).join(" / ")} />,
        }
      : null,
    prompt_version ? { term: "Prompt", detail: <UntrustedInline text={prompt_version} /> } : null,
    review.subject
      ? { term: "Subject", detail: <UntrustedInline text={`${review.subject.type} ${review.subject.id}`} /> }
      : null,
    external_id ? { term: "App’s own id", detail: <UntrustedInline text={external_id} /> } : null,
    { term: "Queue", detail: review.queue.name },
  ];
  return (
    <section aria-labelledby="why-origin" className="flex flex-col gap-2">
      <h2 id="why-origin" className="text-sm font-semibold">
        Where it comes from
      </h2>
      <DefinitionList items={items.filter((item) => item !== null)} />
    </section>
  );
}

function History({ review }: { review: ReviewView }) {
  if (review.history.length === 0) return null;
  return (
    <section aria-labelledby="why-history" className="flex flex-col gap-2">
      <h2 id="why-history" className="text-sm font-semibold">
        History
      </h2>
      <ol className="flex flex-col gap-1.5 border-s ps-3">
        {review.history.map((event, at) => (
          <li key={`${event.type}${at}`} className="text-sm">
            {event.note}
            {event.by ? ` by ${event.by}` : null}{" "}
            <Time at={event.at} className="text-xs text-muted-foreground" />
          </li>
        ))}
      </ol>
    </section>
  );
}
