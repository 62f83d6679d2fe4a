"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { PlanView } from "@/lib/audits/plans";
import { counted } from "@/lib/kernel/counted";
import type { PlanActions } from "./plan-actions";

type Props = { plan: PlanView; expected: number | null; actions: Pick<PlanActions, "draw" | "close"> };

/** Draws a draft; closes what is drawn. */
export function PlanButtons({ plan, expected, actions }: Props) {
  const [asking, setAsking] = useState<"draw" | "close">();
  const router = useRouter();
  const about = expected === null ? "" : ` About ${counted(Math.round(expected), "audit")} will open.`;
  async function confirm(): Promise<void> {
    if (asking === undefined) return;
    await orThrow(actions[asking]({ planId: plan.id }));
    router.refresh();
  }
  return (
    <>
      {plan.status === "closed" ? null : <Button onClick={() => setAsking("close")}>Close plan</Button>}
      {plan.status === "draft" ? (
        <Button variant="primary" onClick={() => setAsking("draw")}>
          Draw
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking !== undefined}
        onOpenChange={(open) => (open ? undefined : setAsking(undefined))}
        title={asking === "draw" ? `Draw “${plan.name}”?` : `Close “${plan.name}”?`}
        description={
          asking === "draw"
            ? `A plan is drawn once, over what has run until now.${about}`
            : "It is put away. Its audits stay, and stay open where nobody has judged them."
        }
        confirmLabel={asking === "draw" ? "Draw" : "Close plan"}
        onConfirm={confirm}
      />
    </>
  );
}
