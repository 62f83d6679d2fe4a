"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";

export type TakeAction = (input: { contract: string; reason: string }) => Promise<Answer<unknown>>;

type Taking = {
  label: string;
  title: string;
  description: string;
  done: string;
  tone: "primary" | "danger";
};

const takings = {
  step_down: {
    label: "Step down",
    title: "Take autonomy back?",
    description:
      "From now on a person rules on everything of this contract. What was let run and is not sent yet comes back. A new certification period begins: its evidence starts from nothing.",
    done: "Stepped down: people rule on everything now.",
    tone: "danger",
  },
  roll_back: {
    label: "Roll back",
    title: "Go back to the setting before?",
    description:
      "To the stricter threshold that was in force before in this certification period, if it is still certified. Without one, a person rules on everything and a new period begins.",
    done: "Rolled back.",
    tone: "primary",
  },
  archive: {
    label: "Archive",
    title: "Archive this contract?",
    description:
      "It governs nothing any more, and nothing runs alone through it. Its history stays. A new contract starts without evidence.",
    done: "Archived.",
    tone: "danger",
  },
} as const satisfies Record<string, Taking>;

type Props = { contract: string; kind: keyof typeof takings; take: TakeAction };

/** A button for what one person may do alone, which asks for the reason. */
export function TakeButton({ contract, kind, take }: Props) {
  const [open, setOpen] = useState(false);
  const { toast } = useToast();
  const router = useRouter();
  const { label, title, description, done, tone } = takings[kind];
  return (
    <>
      <Button variant={kind === "step_down" ? "danger" : "secondary"} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={title}
        description={description}
        confirmLabel={label}
        tone={tone}
        reason="required"
        reasonLabel="Why"
        reasonHint="Stands in the contract's history with your name."
        onConfirm={async (reason) => {
          await orThrow(take({ contract, reason }));
          toast({ title: done, tone: "success" });
          router.refresh();
        }}
      />
    </>
  );
}
