"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { thresholdText } from "@/lib/autonomy/threshold-text";

type Proposal = {
  contract: string;
  kind: "threshold";
  threshold: number;
  version: number;
  reason: string;
};
export type ProposeAction = (input: Proposal) => Promise<Answer<unknown>>;

/** A certified threshold with what its evidence says, in one line. */
export type CertifiedChoice = { threshold: number; says: string };

type Props = {
  contract: { id: string; version: number };
  /** Certified thresholds that would let more run alone, the most permissive first. */
  choices: CertifiedChoice[];
  promise: string;
  propose: ProposeAction;
};

/** Proposes that what reaches a certified threshold runs alone; another admin signs. */
export function ProposeDialog(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">Propose to run alone</Button>
      </DialogTrigger>
      <DialogContent
        title="Propose to run alone"
        description="The evidence of now is kept with the proposal. It comes into force when another admin signs, step by step."
      >
        <ProposeForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ProposeForm({ contract, choices, promise, propose, onDone }: Props & { onDone: () => void }) {
  const [threshold, setThreshold] = useState(choices[0]?.threshold ?? 1);
  const [reason, setReason] = useState("");
  const { submit, pending, fieldError, formError } = useSubmit(propose);
  const router = useRouter();
  const chosen = choices.find((one) => one.threshold === threshold);

  async function send(event: FormEvent) {
    event.preventDefault();
    const made = await submit({
      contract: contract.id,
      kind: "threshold",
      threshold,
      version: contract.version,
      reason,
    });
    if (!made) return;
    onDone();
    router.refresh();
  }

  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field
        label="Threshold"
        hint={chosen ? `${chosen.says}. It carries the promise: ${promise}.` : undefined}
        error={fieldError("threshold")}
      >
        <Select value={threshold} onChange={(event) => setThreshold(Number(event.target.value))}>
          {choices.map((one) => (
            <option key={one.threshold} value={one.threshold}>
              {thresholdText(one.threshold)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Why" required hint="The second admin reads it." error={fieldError("reason")}>
        <Textarea value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        pending={pending}
        disabled={reason.trim() === ""}
        className="self-end"
      >
        Propose
      </Button>
    </form>
  );
}
