"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { SendAction } from "./plan-actions";

/** Has one decision judged, by choice. */
export function SendToAudit({ decisionId, send }: { decisionId: string; send: SendAction }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button onClick={() => setOpen(true)}>Send to audit</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Send this decision to audit?"
        description="Another auditor judges it. Because it was chosen and not drawn, its judgement is shown here and counts in no rate."
        confirmLabel="Send to audit"
        reason="optional"
        reasonLabel="Why"
        reasonHint="Shown to the auditor after their own answer."
        onConfirm={async (reason) => {
          await orThrow(send({ decision: decisionId, ...(reason === "" ? {} : { reason }) }));
          router.refresh();
        }}
      />
    </>
  );
}
