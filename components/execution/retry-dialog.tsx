"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { ExecutionDetail } from "@/lib/execution/schema";

type Input = { id: string; reason: string; without_lookup: boolean };
export type Retry = (input: Input) => Promise<Answer<unknown>>;

type Props = {
  executionId: string;
  offer: ExecutionDetail["desk"]["retry"];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  retry: Retry;
};

/** Asks before the same request is sent once more, and says what that may do. */
export function RetryDialog({ executionId, offer, open, onOpenChange, retry }: Props) {
  const router = useRouter();
  const { toast } = useToast();
  const [isSure, setIsSure] = useState(false);
  async function send(reason: string): Promise<void> {
    if (offer.is_blind && !isSure)
      throw new Error("Look it up first, or say that it is to be sent all the same.");
    const answer = await retry({ id: executionId, reason, without_lookup: offer.is_blind });
    if (!answer.ok) throw new Error(answer.error.message);
    toast({ title: "It is sent again by the next worker" });
    router.refresh();
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Send it again?"
      description="The same request under the same key, once."
      confirmLabel="Send it again"
      tone={offer.warning ? "danger" : "primary"}
      reason="required"
      onConfirm={send}
    >
      {offer.warning ? (
        <p className="rounded-control bg-escalated-soft px-3 py-2 text-sm text-escalated-text">
          {offer.warning}
        </p>
      ) : null}
      {offer.is_blind ? (
        <Checkbox
          label="Send it although nobody has looked"
          checked={isSure}
          onChange={(event) => setIsSure(event.target.checked)}
        />
      ) : null}
    </ConfirmDialog>
  );
}
