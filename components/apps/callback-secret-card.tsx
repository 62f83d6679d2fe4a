"use client";

import { useState } from "react";
import { SecretOnce } from "@/components/identity/secret-once";
import type { Answer } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { CallbackSecretView } from "@/lib/apps/callback-secret";

type Props = {
  connectorId: string;
  /** Absent where the person may not change it. */
  make?: (input: { connector: string; keep_previous: boolean }) => Promise<Answer<CallbackSecretView>>;
};

/** Where a system reports what became of an act, and the secret that it signs with; made here and shown once. */
export function CallbackSecretCard({ connectorId, make }: Props) {
  const [open, setOpen] = useState(false);
  const [keep, setKeep] = useState(true);
  const [made, setMade] = useState<CallbackSecretView>();
  return (
    <Card aria-labelledby="callback-title">
      <CardHeader
        id="callback-title"
        title="Reports"
        description="The system may say by itself what became of an act, in messages signed as Standard Webhooks says."
        actions={
          make ? (
            <Button size="sm" onClick={() => setOpen(true)}>
              Make a secret
            </Button>
          ) : undefined
        }
      />
      <CardBody>
        <p className="text-sm break-all">
          It reports to <code className="font-mono text-xs">POST /api/v1/callbacks/{connectorId}</code>
        </p>
      </CardBody>
      <Dialog open={made !== undefined} onOpenChange={() => setMade(undefined)}>
        <DialogContent title="Callback secret">
          <SecretOnce label="Callback secret" secret={made?.secret ?? ""}>
            Copy it to the system now: it is never shown again.
          </SecretOnce>
        </DialogContent>
      </Dialog>
      {make ? (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title="Make a callback secret?"
          description="It is shown once. Approvals stay as they are."
          confirmLabel="Make it"
          onConfirm={async () => {
            const answer = await make({ connector: connectorId, keep_previous: keep });
            if (!answer.ok) throw new Error(answer.error.message);
            setMade(answer.data);
          }}
        >
          <Checkbox
            label="The one before stays good beside it"
            hint="Until the next change, so that the system can be moved over without losing a report."
            checked={keep}
            onChange={(event) => setKeep(event.target.checked)}
          />
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}
