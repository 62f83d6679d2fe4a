"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { CompensationOffer } from "@/lib/execution/undo";

type Props = {
  executionId: string;
  offer: CompensationOffer;
  propose: (input: { id: string; reason: string }) => Promise<Answer<{ id: string }>>;
};

/** Proposes to undo what was carried out, as a decision of its own; or leads to the one that stands. */
export function CompensateButton({ executionId, offer, propose }: Props) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  if (offer.standing) {
    return <ButtonLink href={`/decisions/${offer.standing.decision_id}`}>See its undoing</ButtonLink>;
  }
  if (offer.type === null || offer.refusal !== null) return null;
  const isAgain = offer.failed_tries > 0;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{isAgain ? "Propose to undo again" : "Propose to undo"}</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={isAgain ? "Propose to undo this again?" : "Propose to undo this?"}
        description={`${isAgain ? "It was tried before, and nothing happened. " : ""}Makes a decision “${offer.type}”, which somebody else has to approve. Its system is read first: when it has changed since, nothing is proposed.`}
        confirmLabel="Propose it"
        reason="required"
        reasonLabel="Why it should be undone"
        onConfirm={async (reason) => {
          const answer = await propose({ id: executionId, reason });
          if (!answer.ok) throw new Error(answer.error.message);
          router.push(`/decisions/${answer.data.id}`);
        }}
      />
    </>
  );
}
