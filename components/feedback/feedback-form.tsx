"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import {
  sentSpan,
  type EvidenceInput,
  type EvidenceSource,
  type EvidenceSpan,
} from "@/lib/feedback/evidence";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { Cause } from "@/lib/kernel/statuses";
import { CorrectionFields } from "./correction-fields";
import { EvidencePicker } from "./evidence-picker";

type Source = "customer" | "system_of_record";
type Vote = "up" | "down";
type Said = {
  vote?: Vote;
  score?: number;
  text?: string;
  cause?: Cause;
  source?: Source;
  correction?: JsonObject;
  evidence?: EvidenceInput[];
};
export type GiveFeedback = (input: { decisionId: string; said: Said }) => Promise<Answer<{ id: string }>>;
type Props = {
  decisionId: string;
  give: GiveFeedback;
  /** Whom an admin passes the words of on for; reviewers and auditors speak for themselves. */
  sources: Source[];
  /** What can be quoted from. */
  quotable: EvidenceSource;
  correctionForm: { schema: JsonObject; amountPointer: string | null; currency: string | null };
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

type Draft = {
  vote?: Vote;
  score: string;
  text: string;
  cause: Cause | "";
  correction?: JsonObject;
  spans: EvidenceSpan[];
};
const empty: Draft = { score: "", text: "", cause: "", spans: [] };

/** What this person says of a decision: a vote, words, why it was wrong, what it rests on and what was right. */
export function FeedbackForm({ decisionId, give, sources, quotable, correctionForm }: Props) {
  const [draft, setDraft] = useState<Draft>(empty);
  const [isCorrecting, setCorrecting] = useState(false);
  const [source, setSource] = useState(sources[0]);
  const { send, pending, errors, failure } = useGive(give);
  const { toast } = useToast();
  const router = useRouter();
  const change = (part: Partial<Draft>) => setDraft((was) => ({ ...was, ...part }));
  const vote = (to: Vote) =>
    setDraft((was) => ({
      ...was,
      vote: was.vote === to ? undefined : to,
      cause: to === "up" ? "" : was.cause,
    }));
  const said = saidOf(draft, quotable);
  const errorOf = (name: string) => errors.find(({ pointer }) => pointer.endsWith(`/${name}`))?.message;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await send({ decisionId, said: { ...said, source } });
    if (!done) return;
    setDraft(empty);
    setCorrecting(false);
    toast({ title: "Feedback kept", tone: "success" });
    router.refresh();
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
      <FormError>{failure}</FormError>
      {source ? (
        <Field label="Who says it" error={errorOf("source")}>
          <Select value={source} onChange={(event) => setSource(event.target.value as Source)}>
            {sources.map((one) => (
              <option key={one} value={one}>
                {sourceWords[one]}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Votes vote={draft.vote} onVote={vote} />
      {draft.vote === "down" ? (
        <Field label="What was at fault" error={errorOf("cause")}>
          <Select
            value={draft.cause}
            onChange={(event) => change({ cause: event.target.value as Cause | "" })}
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
      <Field label="Score" hint="From 0 (worst) to 1 (best), if you score." error={errorOf("score")}>
        <Input
          type="number"
          min={0}
          max={1}
          step="any"
          inputMode="decimal"
          className="w-28"
          value={draft.score}
          onChange={(event) => change({ score: event.target.value })}
        />
      </Field>
      <Field label="In your words" error={errorOf("text")}>
        <Textarea rows={3} value={draft.text} onChange={(event) => change({ text: event.target.value })} />
      </Field>
      <EvidencePicker source={quotable} spans={draft.spans} onChange={(spans) => change({ spans })} />
      {isCorrecting ? (
        <CorrectionFields
          form={correctionForm}
          args={quotable.arguments as JsonObject}
          onChange={(correction) => change({ correction })}
          errors={errors}
        />
      ) : (
        <Button variant="ghost" className="w-fit" onClick={() => setCorrecting(true)}>
          Say what would have been right
        </Button>
      )}
      <Button
        type="submit"
        variant="primary"
        className="w-fit"
        pending={pending}
        disabled={Object.values(said).every((value) => value === undefined)}
      >
        Give feedback
      </Button>
    </form>
  );
}

function saidOf({ vote, score, text, cause, correction, spans }: Draft, quotable: EvidenceSource): Said {
  return {
    vote,
    score: score.trim() === "" ? undefined : Number(score),
    text: text.trim() || undefined,
    cause: cause || undefined,
    correction,
    evidence: spans.length > 0 ? spans.map((span) => sentSpan(quotable, span)) : undefined,
  };
}

function Votes({ vote, onVote }: { vote: Vote | undefined; onVote: (to: Vote) => void }) {
  return (
    <div role="group" aria-label="Vote" className="flex gap-2">
      <Button
        aria-pressed={vote === "up"}
        className="aria-pressed:bg-approved-soft aria-pressed:text-approved-text"
        onClick={() => onVote("up")}
      >
        <ThumbsUp aria-hidden className="size-4" />
        Good
      </Button>
      <Button
        aria-pressed={vote === "down"}
        className="aria-pressed:bg-declined-soft aria-pressed:text-declined-text"
        onClick={() => onVote("down")}
      >
        <ThumbsDown aria-hidden className="size-4" />
        Bad
      </Button>
    </div>
  );
}

const fields = /\/(source|vote|score|text|cause)$|^\/correction\//;

/** Sends it, and keeps what was refused: by field, and the rest as one sentence. */
function useGive(give: GiveFeedback) {
  const [pending, setPending] = useState(false);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [failure, setFailure] = useState<string>();
  async function send(input: Parameters<GiveFeedback>[0]): Promise<boolean> {
    setPending(true);
    const answer = await give(input).catch(() => undefined);
    setPending(false);
    if (answer?.ok) {
      setErrors([]);
      setFailure(undefined);
      return true;
    }
    const refused = answer?.error.errors ?? [];
    setErrors(refused);
    const others = refused.filter(({ pointer }) => !fields.test(pointer));
    const sentence =
      answer?.error.message ?? "The server cannot be reached. Check the connection, then try again.";
    const words = others.map(({ message, fix }) => [message, fix].filter(Boolean).join(". "));
    setFailure(refused.length === 0 ? sentence : words.length > 0 ? words.join(" ") : undefined);
    return false;
  }
  return { send, pending, errors, failure };
}
