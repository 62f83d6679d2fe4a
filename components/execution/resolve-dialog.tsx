"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

type Outcome = "succeeded" | "failed";
type Input = { id: string; status: Outcome; reference: string | null; note: string };
export type Resolve = (input: Input) => Promise<Answer<unknown>>;

type Props = {
  executionId: string;
  system: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  resolve: Resolve;
};

/** Asks what happened and how the person knows, and settles the execution with it. */
export function ResolveDialog({ executionId, system, open, onOpenChange, resolve }: Props) {
  const router = useRouter();
  const { toast } = useToast();
  const [status, setStatus] = useState<Outcome>();
  const [reference, setReference] = useState("");
  async function settle(note: string): Promise<void> {
    if (!status) throw new Error("Say what happened.");
    const name = reference.trim();
    const answer = await resolve({ id: executionId, status, reference: name === "" ? null : name, note });
    if (!answer.ok) throw new Error(answer.error.message);
    toast({ title: status === "succeeded" ? "Settled: it happened" : "Settled: nothing happened" });
    router.refresh();
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title="What happened?"
      description={`Find out at ${system} first. What you say here ends it; nothing is sent any more.`}
      confirmLabel="Settle it"
      reason="required"
      reasonLabel="How do you know?"
      reasonHint="Kept with the execution, with your name."
      onConfirm={settle}
    >
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-1 text-sm font-semibold">What happened</legend>
        <Choice value="succeeded" chosen={status} onChoose={setStatus} label="It happened" />
        <Choice
          value="failed"
          chosen={status}
          onChoose={setStatus}
          label="Nothing happened, and nothing will"
        />
      </fieldset>
      <Field label="Their reference" hint="The system's own name for it, such as re_123.">
        <Input
          value={reference}
          onChange={(event) => setReference(event.target.value)}
          maxLength={255}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
    </ConfirmDialog>
  );
}

type ChoiceProps = {
  value: Outcome;
  chosen: Outcome | undefined;
  onChoose: (value: Outcome) => void;
  label: string;
};

function Choice({ value, chosen, onChoose, label }: ChoiceProps) {
  return (
    <label className="flex min-h-8 items-center gap-2 text-sm pointer-coarse:min-h-12">
      <input
        type="radio"
        name="what-happened"
        value={value}
        checked={chosen === value}
        onChange={() => onChoose(value)}
        className="size-4 accent-primary"
      />
      {label}
    </label>
  );
}
