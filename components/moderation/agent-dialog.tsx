"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { SecretField } from "@/components/apps/secret-field";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AgentView } from "@/lib/policies/moderation/endpoints";
import { agentChange, type AgentChange } from "./agent-draft";

export type SaveAgent = (input: AgentChange) => Promise<Answer<AgentView>>;

type Props = { agent: AgentView; save: SaveAgent };

/** Turns an agent on or off, moves its thresholds, and says where a model answers. */
export function AgentDialog({ agent, save }: Props) {
  const [open, setOpen] = useState(false);
  const { submit, pending, fieldError, formError } = useSubmit(save);
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const saved = await submit(agentChange(agent, (name) => formText(form, name)));
    if (!saved) return;
    setOpen(false);
    router.refresh();
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Change ${agent.name}`}>
          Change
        </Button>
      </DialogTrigger>
      <DialogContent
        title={agent.name}
        description="What it finds only ever sends more to people: nothing runs alone because of it."
      >
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <Checkbox
            name="enabled"
            label="On"
            hint="Looks at every decision that comes in from now on."
            defaultChecked={agent.enabled}
          />
          {agent.kind === "model" ? <ModelFields agent={agent} errorOf={fieldError} /> : null}
          <Thresholds agent={agent} errorOf={fieldError} />
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Save
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}

type FieldsProps = { agent: AgentView; errorOf: (name: string) => string | undefined };

function Thresholds({ agent, errorOf }: FieldsProps) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="text-sm font-semibold">Ask a person from this score</legend>
      <p className="text-xs text-muted-foreground">From 0 to 1. Leave empty to note it without asking.</p>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {agent.categories.map(({ key, name, threshold, released }) => (
          <Field
            key={key}
            label={name}
            hint={`Released: ${released ?? "noted only"}`}
            error={errorOf(`thresholds/${key.replaceAll("/", "~1")}`)}
          >
            <Input
              name={`threshold ${key}`}
              inputMode="decimal"
              autoComplete="off"
              defaultValue={threshold ?? ""}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

function ModelFields({ agent: { model }, errorOf }: FieldsProps) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="text-sm font-semibold">Where the model answers</legend>
      <p className="text-xs text-muted-foreground">
        The text of these decision types leaves the house, and their submissions wait for the answer. When it
        does not answer in time, a person decides.
      </p>
      <Field
        label="Address"
        hint="/moderations is added to it."
        error={errorOf("model/base_url") ?? errorOf("model")}
      >
        <Input name="base_url" type="url" defaultValue={model?.base_url} placeholder="https://…/v1" />
      </Field>
      <Field label="Model" error={errorOf("model/model")}>
        <Input name="model" defaultValue={model?.model} autoComplete="off" />
      </Field>
      <Field label="Decision types" hint="Their keys, with commas between." error={errorOf("model/types")}>
        <Input name="types" defaultValue={model?.types.join(", ")} autoComplete="off" />
      </Field>
      <Field label="Waits at most, ms" hint="200 to 5000." error={errorOf("model/timeout_ms")}>
        <Input name="timeout_ms" inputMode="numeric" defaultValue={model?.timeout_ms ?? 2000} />
      </Field>
      <SecretField
        label="Key"
        hint="Sent as Authorization: Bearer."
        hasSecret={model?.has_secret ?? false}
        error={errorOf("secret")}
      />
    </fieldset>
  );
}
