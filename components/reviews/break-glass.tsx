"use client";

import { Siren } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ReviewView } from "@/lib/reviews/schema";
import type { ReviewActions } from "./answers";

// Almost nobody needs it: the layer is fetched when somebody asks.
const ConfirmDialog = dynamic(
  () => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
  { loading: () => null },
);

type Props = { review: ReviewView; missing: number; breakGlass: ReviewActions["breakGlass"] };

/** A lead approves without the others, with a reason that stays on record. Takes effect at once. */
export function BreakGlass({ review, missing, breakGlass }: Props) {
  const [open, setOpen] = useState(false);
  const { toast } = useToast();
  async function confirm(reason: string): Promise<void> {
    const ruling = { verdict: "approve", break_glass: reason } as const;
    const answer = await breakGlass({ reviewId: review.id, ruling });
    if (!answer.ok) throw new Error(answer.error.message);
    toast({ title: "Approved without the others; admins are told, and its audit is open", tone: "success" });
  }
  return (
    <>
      <Button size="sm" variant="danger" onClick={() => setOpen(true)}>
        <Siren aria-hidden />
        Break the glass
      </Button>
      {open ? (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title="Approve without the others?"
          description={`${missing === 1 ? "One approval is" : `${missing} approvals are`} still missing. For when they cannot be had: your reason and your name stay with this decision, admins are told, an auditor judges it, and it takes effect at once.`}
          confirmLabel="Approve alone"
          tone="danger"
          reason="required"
          reasonLabel="Why the others cannot be had"
          onConfirm={confirm}
        />
      ) : null}
    </>
  );
}
