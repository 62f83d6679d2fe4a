"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { SecretOnce } from "@/components/identity/secret-once";
import { type Answer, orThrow } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import type { MonitorMade, MonitorView } from "@/lib/monitors/endpoints";

type ArchiveProps = {
  monitor: Pick<MonitorView, "id" | "name">;
  archive: (input: { monitor: string }) => Promise<Answer<MonitorView>>;
};

/** Stops watching, after asking. */
export function ArchiveMonitor({ monitor, archive }: ArchiveProps) {
  const [open, setOpen] = useState(false);
  const { toast } = useToast();
  const router = useRouter();
  async function confirm() {
    await orThrow(archive({ monitor: monitor.id }));
    toast({ title: `Not watched any more: ${monitor.name}`, tone: "success" });
    router.push("/alerts");
    router.refresh();
  }
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        Archive
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Stop watching ${monitor.name}?`}
        description="Nobody is told of it from this moment. Its open incident is resolved; past ones stay."
        confirmLabel="Archive"
        tone="danger"
        onConfirm={confirm}
      />
    </>
  );
}

type RotateProps = {
  monitor: Pick<MonitorView, "id" | "name">;
  rotate: (input: { monitor: string; keep_previous: boolean }) => Promise<Answer<MonitorMade>>;
};

/** Another secret for the monitor's webhook, shown once. */
export function RotateSecret({ monitor, rotate }: RotateProps) {
  const [open, setOpen] = useState(false);
  const [keep, setKeep] = useState(true);
  const [made, setMade] = useState<MonitorMade>();
  const router = useRouter();
  return (
    <>
      <Button onClick={() => setOpen(true)}>New signing secret</Button>
      <Dialog
        open={made !== undefined}
        onOpenChange={() => {
          setMade(undefined);
          router.refresh();
        }}
      >
        <DialogContent title="Signing secret">
          <SecretOnce label="Signing secret" secret={made?.webhook_secret ?? ""}>
            Copy it to the receiver now: it is never shown again.
          </SecretOnce>
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Make another signing secret?"
        description="It is shown once."
        confirmLabel="Make it"
        onConfirm={async () => setMade(await orThrow(rotate({ monitor: monitor.id, keep_previous: keep })))}
      >
        <Checkbox
          label="Sign with the one before too"
          hint="Until the next change, so that the receiver can be moved over without losing a message."
          checked={keep}
          onChange={(event) => setKeep(event.target.checked)}
        />
      </ConfirmDialog>
    </>
  );
}
