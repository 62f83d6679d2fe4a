"use client";

import { useState } from "react";
import { SecretField } from "@/components/apps/secret-field";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ModelView, TrainedModel } from "@/lib/models/catalogue";
import type { ModelProvider } from "@/lib/models/vocabulary";
import { providerWords } from "./model-words";

type Props = {
  model?: ModelView;
  trained: readonly TrainedModel[];
  fieldError: (name: string) => string | undefined;
};

/** What a model is, where it answers, what it may see and what it costs. */
export function ModelFields({ model, trained, fieldError }: Props) {
  const [provider, setProvider] = useState<ModelProvider>(model?.provider ?? "openai_compatible");
  const isLocal = provider === "local";
  return (
    <>
      <Field label="Name" required error={fieldError("name")}>
        <Input name="name" required maxLength={100} defaultValue={model?.name} autoComplete="off" />
      </Field>
      {model ? null : (
        <>
          <Field
            label="Key"
            required
            hint="What prompts and the API call it. It stays."
            error={fieldError("key")}
          >
            <Input
              name="key"
              required
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          </Field>
          <Field label="Answered by">
            <Select
              name="provider"
              value={provider}
              // The options are the vocabulary.
              onChange={(event) => setProvider(event.target.value as ModelProvider)}
            >
              {Object.entries(providerWords).map(([key, word]) => (
                <option key={key} value={key}>
                  {word}
                </option>
              ))}
            </Select>
          </Field>
        </>
      )}
      {isLocal ? (
        <Trained trained={trained} chosen={model?.model} error={fieldError("model")} />
      ) : (
        <Field label="Model" required hint="What the provider calls it." error={fieldError("model")}>
          <Input
            name="model"
            required
            maxLength={200}
            defaultValue={model?.model}
            spellCheck={false}
            className="font-mono"
          />
        </Field>
      )}
      {provider === "openai_compatible" ? (
        <Field
          label="Address"
          required
          hint="Up to and with /v1. Public addresses over https, and hosts that the deployment names."
          error={fieldError("base_url")}
        >
          <Input
            name="base_url"
            required
            maxLength={500}
            defaultValue={model?.base_url ?? ""}
            spellCheck={false}
            className="font-mono"
          />
        </Field>
      ) : null}
      {isLocal ? null : <Outside model={model} fieldError={fieldError} />}
    </>
  );
}

type TrainedProps = { trained: readonly TrainedModel[]; chosen?: string; error?: string };

function Trained({ trained, chosen, error }: TrainedProps) {
  return (
    <Field
      label="Model"
      required
      hint={trained.length === 0 ? "Nothing was trained here yet: an app's Learning page does." : undefined}
      error={error}
    >
      <Select name="model" required defaultValue={chosen}>
        {trained.map(({ id, app, version, status }) => (
          <option key={id} value={id}>
            {app}, version {version} ({status})
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Outside({ model, fieldError }: Pick<Props, "model" | "fieldError">) {
  const price = (micros: number | null | undefined) =>
    micros === null || micros === undefined ? "" : String(micros / 1_000_000);
  return (
    <>
      <Field label="API" error={fieldError("api")}>
        <Select name="api" defaultValue={model?.api ?? "chat"}>
          <option value="chat">Chat completions</option>
          <option value="responses">Responses</option>
        </Select>
      </Field>
      <SecretField
        label="API key"
        hint=""
        hasSecret={model?.has_secret ?? false}
        error={fieldError("secret")}
      />
      <Checkbox
        name="personal"
        label="May see personal data"
        hint="Off: e-mail addresses, numbers and the like are masked in all that is sent, and put back into what is answered."
        defaultChecked={model?.may_see_personal_data ?? false}
      />
      <Checkbox
        name="tokens"
        label="Gives token probabilities"
        defaultChecked={model?.gives_token_probabilities ?? false}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="A million tokens in" error={fieldError("input_price_micros")}>
          <Input
            name="price_in"
            type="number"
            min={0}
            step="any"
            defaultValue={price(model?.input_price_micros)}
          />
        </Field>
        <Field label="A million tokens out" error={fieldError("output_price_micros")}>
          <Input
            name="price_out"
            type="number"
            min={0}
            step="any"
            defaultValue={price(model?.output_price_micros)}
          />
        </Field>
        <Field label="Currency" error={fieldError("currency")}>
          <Input name="currency" maxLength={3} defaultValue={model?.currency ?? "USD"} />
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Answers within, seconds" error={fieldError("timeout_ms")}>
          <Input
            name="timeout"
            type="number"
            min={1}
            max={600}
            required
            defaultValue={(model?.timeout_ms ?? 30_000) / 1000}
          />
        </Field>
        <Field label="Repeats at most" error={fieldError("max_retries")}>
          <Input
            name="retries"
            type="number"
            min={0}
            max={5}
            required
            defaultValue={model?.max_retries ?? 2}
          />
        </Field>
      </div>
    </>
  );
}
