"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { JsonField } from "@/components/apps/json-field";
import { jsonText } from "@/components/apps/json-text";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { confidenceSources } from "@/lib/models/vocabulary";
import type { PromptSettings } from "@/lib/prompts/settings";
import type { PromptMessage } from "@/lib/prompts/vocabulary";
import { sourceWords } from "./prompt-words";

export type ModelChoice = { id: string; name: string };
export type DraftFrom = {
  model: string;
  messages: readonly PromptMessage[];
  settings: PromptSettings;
  note: string;
};

type Props = {
  from: DraftFrom;
  models: readonly ModelChoice[];
  fieldError: (name: string) => string | undefined;
};

/** The messages of a draft, its model, and its way to a confidence. */
export function DraftFields({ from, models, fieldError }: Props) {
  const [messages, setMessages] = useState(() => from.messages.map((message, id) => ({ ...message, id })));
  const change = (id: number, more: Partial<PromptMessage>) =>
    setMessages(messages.map((one) => (one.id === id ? { ...one, ...more } : one)));
  const add = () => {
    const id = Math.max(0, ...messages.map((one) => one.id)) + 1;
    setMessages([...messages, { role: "user", content: "", id }]);
  };
  return (
    <>
      <Field label="Model" required error={fieldError("model")}>
        <Select name="model" required defaultValue={from.model}>
          {models.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {messages.map((message, at) => (
        <Message
          key={message.id}
          at={at}
          message={message}
          error={fieldError(`messages/${at}/content`)}
          onChange={(more) => change(message.id, more)}
          onRemove={
            messages.length > 1 ? () => setMessages(messages.filter((one) => one !== message)) : undefined
          }
        />
      ))}
      <p className="text-xs text-muted-foreground">
        {"{{input}} stands for the whole input, {{/order/id}} for one place in it."}
        {fieldError("messages") ? (
          <span className="text-declined-text"> {fieldError("messages")}</span>
        ) : null}
      </p>
      <Button onClick={add} className="self-start">
        <Plus aria-hidden /> Add a message
      </Button>
      <SettingsFields settings={from.settings} fieldError={fieldError} />
      <Field
        label="What changed"
        hint="One sentence for whoever compares versions."
        error={fieldError("note")}
      >
        <Input name="note" maxLength={1000} defaultValue={from.note} autoComplete="off" />
      </Field>
    </>
  );
}

type MessageProps = {
  at: number;
  message: PromptMessage;
  error?: string;
  onChange: (more: Partial<PromptMessage>) => void;
  onRemove?: () => void;
};

function Message({ at, message, error, onChange, onRemove }: MessageProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 rounded-card border p-3">
      <legend className="px-1 text-sm font-semibold">Message {at + 1}</legend>
      <div className="flex items-end gap-2">
        <Field label={`Role of message ${at + 1}`} className="flex-1">
          <Select
            name="role"
            value={message.role}
            // The options are the roles.
            onChange={(event) => onChange({ role: event.target.value as PromptMessage["role"] })}
          >
            <option value="system">System</option>
            <option value="user">User</option>
            <option value="assistant">Assistant</option>
          </Select>
        </Field>
        {onRemove ? (
          <Button variant="ghost" size="icon" aria-label={`Remove message ${at + 1}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </Button>
        ) : null}
      </div>
      <Field label={`Text of message ${at + 1}`} required error={error}>
        <Textarea
          name="content"
          required
          maxLength={50_000}
          value={message.content}
          spellCheck={false}
          className="min-h-32 font-mono text-xs"
          onChange={(event) => onChange({ content: event.target.value })}
        />
      </Field>
    </fieldset>
  );
}

function SettingsFields({
  settings,
  fieldError,
}: {
  settings: PromptSettings;
  fieldError: Props["fieldError"];
}) {
  const sources = confidenceSources.filter((source) => source !== "combined" || settings.combination);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Confidence"
          hint="What thresholds and contracts look at."
          error={fieldError("settings/confidence")}
        >
          <Select name="confidence" defaultValue={settings.confidence}>
            {sources.map((source) => (
              <option key={source} value={source}>
                {sourceWords[source]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Samples" hint="Each is asked and paid for." error={fieldError("settings/samples")}>
          <Input name="samples" type="number" min={1} max={9} required defaultValue={settings.samples} />
        </Field>
        <Field
          label="Temperature"
          hint="Empty: as the model does by itself."
          error={fieldError("settings/temperature")}
        >
          <Input
            name="temperature"
            type="number"
            min={0}
            max={2}
            step="any"
            defaultValue={settings.temperature ?? ""}
          />
        </Field>
        <Field label="Tokens out at most" error={fieldError("settings/max_output_tokens")}>
          <Input
            name="max_output_tokens"
            type="number"
            min={16}
            max={32_000}
            required
            defaultValue={settings.max_output_tokens}
          />
        </Field>
      </div>
      <JsonField
        label="Arguments taken from the input"
        hint={'Never asked of the model: {"message_id": "/id"} takes the argument from that place.'}
        name="take"
        defaultValue={jsonText(settings.take)}
        errors={
          fieldError("settings/take")
            ? [{ pointer: "", code: "", message: fieldError("settings/take") ?? "" }]
            : []
        }
      />
    </>
  );
}
