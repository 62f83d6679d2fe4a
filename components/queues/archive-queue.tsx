"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { orThrow } from "@/components/identity/use-submit";
import type { SaveQueue } from "@/components/queues/queue-form";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { QueueView } from "@/lib/reviews/queues";

/** Takes a queue out of use after asking, or back into it. */
export function ArchiveQueue({ queue, save }: { queue: QueueView; save: SaveQueue }) {
  const [open, setOpen] = useState(false);
  const { toast } = useToast();
  const router = useRouter();
  const archived = queue.archived_at === null;
  async function confirm() {
    await orThrow(save({ queue: queue.id, version: queue.version, archived }));
    toast({ title: `${archived ? "Archived" : "In use again"}: ${queue.name}`, tone: "success" });
    router.refresh();
  }
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        {archived ? "Archive" : "Use again"}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={archived ? `Archive ${queue.name}?` : `Use ${queue.name} again?`}
        description={
          archived
            ? "Its rule is no longer asked and nothing can be passed on to it. Its history stays."
            : "Its rule is asked again from now on."
        }
        confirmLabel={archived ? "Archive" : "Use again"}
        tone={archived ? "danger" : "primary"}
        onConfirm={confirm}
      />
    </>
  );
}
