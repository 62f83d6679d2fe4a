import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { EvaluatorKind, Quality } from "@/lib/evaluators/vocabulary";
import type { EvaluatorDraft } from "./evaluator-draft";

export type Model = { id: string; name: string };
type Props = {
  kind: EvaluatorKind;
  draft: EvaluatorDraft;
  edit: (change: Partial<EvaluatorDraft>) => void;
  error: (field: string) => string | undefined;
  models: readonly Model[];
  /** True of a service whose key is stored: it stays unless another one is given. */
  hasSecret: boolean;
};

/** The fields of a kind's configuration. */
export function ConfigFields(props: Props) {
  switch (props.kind) {
    case "exact":
      return <ExactFields {...props} />;
    case "schema":
      return <SchemaFields {...props} />;
    case "similarity":
      return <SimilarityFields {...props} />;
    case "latency":
      return <LimitField {...props} name="mostMs" pointer="most_ms" label="At most, milliseconds" />;
    case "cost":
      return (
        <LimitField
          {...props}
          name="mostMicros"
          pointer="most_micros"
          label="At most, millionths of the model’s currency"
        />
      );
    case "cel":
      return <CelFields {...props} />;
    case "llm_judge":
      return <JudgeFields {...props} />;
    case "http":
      return <ServiceFields {...props} />;
  }
}

function ExactFields({ draft, edit, error }: Props) {
  return (
    <Field
      label="Arguments that must be right"
      hint="One JSON pointer a line, such as /amount. Left empty: all that the right answer has."
      error={error("fields")}
    >
      <Textarea
        rows={3}
        className="font-mono"
        value={draft.fields}
        onChange={(event) => edit({ fields: event.target.value })}
      />
    </Field>
  );
}

function SchemaFields({ draft, edit, error }: Props) {
  return (
    <>
      <Field label="Looks at">
        <Select value={draft.on} onChange={(event) => edit({ on: event.target.value })}>
          <option value="arguments">The arguments</option>
          <option value="rationale">The rationale, read as JSON</option>
        </Select>
      </Field>
      <Field label="JSON Schema" required error={error("schema")}>
        <Textarea
          rows={8}
          className="font-mono"
          value={draft.schema}
          onChange={(event) => edit({ schema: event.target.value })}
        />
      </Field>
    </>
  );
}

function SimilarityFields({ draft, edit, error, ...props }: Props) {
  return (
    <>
      <Field
        label="Text"
        required
        hint="A JSON pointer into the arguments, such as /reply."
        error={error("field")}
      >
        <Input
          className="font-mono"
          value={draft.field}
          onChange={(event) => edit({ field: event.target.value })}
        />
      </Field>
      <Field label="Alike by">
        <Select value={draft.method} onChange={(event) => edit({ method: event.target.value })}>
          <option value="edit_distance">Letters to change</option>
          <option value="words">Words in common</option>
        </Select>
      </Field>
      <PassAtField {...props} draft={draft} edit={edit} error={error} />
    </>
  );
}

type LimitProps = Props & { name: "mostMs" | "mostMicros"; pointer: string; label: string };

function LimitField({ draft, edit, error, name, pointer, label }: LimitProps) {
  return (
    <Field label={label} required error={error(pointer)}>
      <Input
        type="number"
        min={1}
        value={draft[name]}
        onChange={(event) => edit({ [name]: event.target.value })}
      />
    </Field>
  );
}

function PassAtField({ draft, edit, error }: Pick<Props, "draft" | "edit" | "error">) {
  return (
    <Field label="Passes from" hint="A score from 0 to 1." error={error("pass_at")}>
      <Input
        type="number"
        min={0}
        max={1}
        step={0.05}
        value={draft.passAt}
        onChange={(event) => edit({ passAt: event.target.value })}
      />
    </Field>
  );
}

function CelFields({ draft, edit, error }: Props) {
  return (
    <>
      <Field
        label="Expression"
        required
        hint="Over decision (input, context, predicted, arguments, rationale, confidence, latency_ms, cost_micros) and expected (truth, arguments). has(expected.truth) asks first."
        error={error("expression")}
      >
        <Textarea
          rows={3}
          className="font-mono"
          value={draft.expression}
          onChange={(event) => edit({ expression: event.target.value })}
        />
      </Field>
      <PassAtField draft={draft} edit={edit} error={error} />
    </>
  );
}

const rubricLabels: Record<Quality, { label: string; hint: string }> = {
  output: { label: "Rubric for the output", hint: "When is what came out good?" },
  context: {
    label: "Rubric for the context",
    hint: "When was it given all it needed? Left empty: not judged.",
  },
  prompt: { label: "Rubric for the prompt", hint: "When was it asked well? Left empty: not judged." },
};
const rubricOrder = ["output", "context", "prompt"] as const;

function JudgeFields({ draft, edit, error, models }: Props) {
  return (
    <>
      <Field
        label="Model"
        required
        hint={
          models.length === 0
            ? "There is no model of a provider yet: add one in the settings, under Models."
            : "Each score asks it once. Personal data is masked unless the model may see it."
        }
        error={error("model")}
      >
        <Select value={draft.model} onChange={(event) => edit({ model: event.target.value })}>
          <option value="">Choose a model</option>
          {models.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {rubricOrder.map((quality) => (
        <Field
          key={quality}
          {...rubricLabels[quality]}
          error={error(`rubrics/${quality}`) ?? (quality === "output" ? error("rubrics") : undefined)}
        >
          <Textarea
            rows={quality === "output" ? 5 : 2}
            maxLength={5000}
            value={draft.rubrics[quality]}
            onChange={(event) => edit({ rubrics: { ...draft.rubrics, [quality]: event.target.value } })}
          />
        </Field>
      ))}
      <PassAtField draft={draft} edit={edit} error={error} />
    </>
  );
}

function ServiceFields({ draft, edit, error, hasSecret }: Props) {
  return (
    <>
      <Field
        label="Address"
        required
        hint="Gets a signed POST with the case (Standard Webhooks), answers {score, passed, label, rationale}."
        error={error("url")}
      >
        <Input
          type="url"
          value={draft.url}
          placeholder="https://judge.example.com/score"
          onChange={(event) => edit({ url: event.target.value })}
        />
      </Field>
      <Field
        label="Signing secret"
        required={!hasSecret}
        hint={
          hasSecret
            ? "Left empty, the stored one stays."
            : "whsec_ and at least 24 bytes in base64. Never shown again."
        }
        error={error("secret")}
      >
        <Input
          type="password"
          autoComplete="off"
          value={draft.secret}
          onChange={(event) => edit({ secret: event.target.value })}
        />
      </Field>
      <Field label="Waits at most, milliseconds" error={error("timeout_ms")}>
        <Input
          type="number"
          min={100}
          max={60_000}
          value={draft.timeoutMs}
          onChange={(event) => edit({ timeoutMs: event.target.value })}
        />
      </Field>
      <PassAtField draft={draft} edit={edit} error={error} />
      <Checkbox
        label="It may see personal data"
        hint="Otherwise names of people, addresses and numbers are masked on the way."
        checked={draft.maySeePersonalData}
        onChange={(event) => edit({ maySeePersonalData: event.target.checked })}
      />
    </>
  );
}
