"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

type Props = { decisionId: string; cancel: (input: { decisionId: string }) => Promise<Answer<unknown>> };

/** Takes a decision back while nothing was sent. */
export function CancelButton({ decisionId, cancel }: Props) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button onClick={() => setOpen(true)}>Cancel decision</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Cancel this decision?"
        description="Its review closes and nothing is carried out. A new decision would have to be submitted."
        confirmLabel="Cancel decision"
        tone="danger"
        reason="none"
        onConfirm={async () => {
          await orThrow(cancel({ decisionId }));
          router.refresh();
        }}
      />
    </>
  );
}
