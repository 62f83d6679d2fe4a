"use client";

import { Bot, EyeOff, UserPen } from "lucide-react";
import dynamic from "next/dynamic";
import { SubjectDetail } from "@/components/decisions/subject-link";
import { DefinitionList } from "@/components/ui/definition-list";
import { Skeleton } from "@/components/ui/skeleton";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { ReviewView } from "@/lib/reviews/schema";
import { Confidence } from "./confidence";
import { Fold } from "./fold";
import { ReasonList } from "./reason-list";

const loading = () => <Skeleton className="h-24 w-full" />;
// What stands below is fetched once the screen is there: the first paint needs none of it.
const SimilarPanel = dynamic(async () => (await import("./similar-panel")).SimilarPanel, {
  ssr: false,
  loading,
});
const NotesPanel = dynamic(async () => (await import("./notes-panel")).NotesPanel, { ssr: false, loading });
const HistoryPanel = dynamic(async () => (await import("./history-panel")).HistoryPanel, {
  ssr: false,
  loading,
});

const levelWords = {
  shadow: "Shadow: nothing is acted on",
  review_all: "Review all: a person rules on everything",
  auto: "Auto: acts alone above its threshold",
};

/** Why the app proposes this, why it came to a person, and how alike cases ended. */
export function WhyPanel({ review }: { review: ReviewView }) {
  return (
    <div className="flex flex-col gap-5">
      {review.blind ? <BlindFirst /> : <Recommended review={review} />}
      <section aria-labelledby="why-here" className="flex flex-col gap-2">
        <h2 id="why-here" className="text-sm font-semibold">
          Why it is here
        </h2>
        <ReasonList reasons={review.reasons} />
        <p className="text-sm text-muted-foreground">{levelWords[review.route.level]}.</p>
      </section>
      <Rationale review={review} />
      <SimilarPanel decisionId={review.decision_id} view={review.blind ? "blind" : "open"} />
      <NotesPanel decisionId={review.decision_id} />
      <Origin review={review} />
      <HistoryPanel lines={review.history} />
    </div>
  );
}

function BlindFirst() {
  return (
    <section
      aria-labelledby="why-blind"
      className="flex flex-col gap-1 rounded-card border border-dashed bg-surface-2 p-3"
    >
      <h2 id="why-blind" className="flex items-center gap-1.5 text-sm font-semibold">
        <EyeOff aria-hidden className="size-4" />
        Your answer first
      </h2>
      <p className="text-sm text-muted-foreground">
        What the model recommends, how sure it is and why are shown once you have answered: this one is yours
        alone.
      </p>
    </section>
  );
}

function Recommended({ review }: { review: ReviewView }) {
  return (
    <section aria-labelledby="why-model" className="flex flex-col gap-2">
      <h2 id="why-model" className="text-sm font-semibold">
        {review.proposer ? `What ${review.proposer.name} proposes` : "What the model recommends"}
      </h2>
      <p className="text-md font-semibold">{review.predicted === "positive" ? "To act" : "Not to act"}</p>
      {review.proposer ? null : <Confidence confidence={review.confidence} calibrated={review.calibrated} />}
    </section>
  );
}

function Rationale({ review }: { review: ReviewView }) {
  const { rationale, citations } = review.decision;
  if (rationale === null) return null;
  const cited = new Set(citations.map(({ context_id }) => context_id)).size;
  return (
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
      <UntrustedText text={rationale} cap={800} />
      {cited > 0 ? (
        <p className="text-xs text-muted-foreground">
          It names {cited === 1 ? "one item" : `${cited} items`} of the context; what it quotes is marked in
          the evidence.
        </p>
      ) : null}
      {review.proposer ? null : <MadeBy review={review} />}
    </section>
  );
}

/** What made it, for those who ask. */
function MadeBy({ review }: { review: ReviewView }) {
  const { model, prompt_version: prompt } = review.decision;
  const count = (tokens: number) => tokens.toLocaleString("en");
  const items = [
    model && {
      term: "Model",
      detail: <UntrustedInline text={[model.provider, model.name].filter(Boolean).join(" / ")} />,
    },
    prompt !== null && { term: "Prompt", detail: <UntrustedInline text={prompt} /> },
    model?.input_tokens !== undefined && { term: "Tokens in", detail: count(model.input_tokens) },
    model?.output_tokens !== undefined && { term: "Tokens out", detail: count(model.output_tokens) },
    model?.latency_ms !== undefined && { term: "Took", detail: `${count(model.latency_ms)} ms` },
    model?.response_id !== undefined && {
      term: "Response",
      detail: <UntrustedInline text={model.response_id} />,
    },
  ].filter((item) => item !== null && item !== false);
  if (items.length === 0) return null;
  return (
    <Fold title="Model and prompt">
      <DefinitionList items={items} />
    </Fold>
  );
}

function Origin({ review }: { review: ReviewView }) {
  const { external_id } = review.decision;
  const items = [
    { term: "App", detail: review.app.name },
    { term: "Type", detail: review.type.name },
    review.subject && {
      term: "Subject",
      detail: <SubjectDetail subject={review.subject} />,
    },
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
