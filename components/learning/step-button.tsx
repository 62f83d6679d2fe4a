"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

export type Step = (input: { id: string }) => Promise<Answer<unknown>>;
type Props = {
  id: string;
  label: string;
  /** What happens, asked before it does. */
  question: string;
  consequence: string;
  variant?: "primary" | "secondary" | "ghost";
  send: Step;
};

/** One step of a model's way, asked for before it is taken. */
export function StepButton({ id, label, question, consequence, variant = "secondary", send }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={question}
        description={consequence}
        confirmLabel={label}
        onConfirm={async () => {
          await orThrow(send({ id }));
          router.refresh();
        }}
      />
    </>
  );
}
