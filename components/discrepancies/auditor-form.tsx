"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { AuditorView } from "@/lib/discrepancies/schema";
import { auditorModes } from "@/lib/discrepancies/vocabulary";
import type { ModelChoice, SetAuditorAction } from "./actions";

type Props = { auditor: AuditorView; models: ModelChoice[]; set: SetAuditorAction; onDone: () => void };

/** A model with its instructions, fixed rules, or nobody. */
export function AuditorForm({ auditor, models, set, onDone }: Props) {
  const [mode, setMode] = useState(auditor.mode);
  const [model, setModel] = useState(auditor.model_id ?? models[0]?.id ?? "");
  const [instructions, setInstructions] = useState(auditor.instructions);
  const { submit, pending, formError, fieldError } = useSubmit(set);
  const { toast } = useToast();
  const router = useRouter();
  async function send(event: FormEvent) {
    event.preventDefault();
    const model_id = mode === "model" && model !== "" ? model : null;
    const done = await submit({
      app: auditor.app.id,
      mode,
      model_id,
      instructions,
      version: auditor.version,
    });
    if (!done) return;
    toast({ title: "LLM auditor changed", tone: "success" });
    onDone();
    router.refresh();
  }
  return (
    <form onSubmit={(event) => void send(event)} className="flex flex-col gap-3">
      <FormError>{formError}</FormError>
      <Field label="Causes are proposed by">
        <Select
          value={mode}
          onChange={(event) => setMode(auditorModes.find((each) => each === event.target.value) ?? "rules")}
        >
          <option value="rules">Fixed rules: no model, no key</option>
          <option value="model">A model</option>
          <option value="off">Nobody</option>
        </Select>
      </Field>
      {mode === "model" ? (
        <>
          <Field
            label="Model"
            error={fieldError("model_id")}
            hint={models.length === 0 ? "An admin adds models under Settings, Models." : undefined}
          >
            <Select value={model} onChange={(event) => setModel(event.target.value)}>
              {models.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Field
            label="Instructions"
            error={fieldError("instructions")}
            hint="The causes, the sides and the case are added. Quotes that do not stand in the case are dropped."
          >
            <Textarea
              rows={8}
              value={instructions}
              onChange={(event) => setInstructions(event.target.value)}
            />
          </Field>
        </>
      ) : null}
      <Button type="submit" variant="primary" className="w-fit" pending={pending}>
        Save
      </Button>
    </form>
  );
}
