"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { reviewDetail } from "@/lib/reviews/client";
import type { Ruling } from "@/lib/reviews/schema";
import type { ReviewActions } from "./answers";
import { DeclineReasons } from "./decline-reasons";
import { useVerdicts } from "./use-verdicts";
import type { InboxRow } from "./use-steady-rows";

type Props = {
  /** The selected rows, or the one the keyboard is on. */
  targets: InboxRow[];
  selected: number;
  actions: ReviewActions;
  onClear: () => void;
  onReturn: (reviewId: string) => void;
};

/** Rules on what is selected, one record each; what is irreversible or above the cap is left out on purpose. */
export function BulkBar({ targets, selected, actions, onClear, onReturn }: Props) {
  const { toast } = useToast();
  const { give, undoLast } = useVerdicts({ actions, onReturn });
  const [asking, setAsking] = useState<"approve" | "decline">();
  const plain = targets.filter(({ deliberate }) => !deliberate);
  const left = targets.length - plain.length;

  async function ruleOnAll(rows: InboxRow[], ruling: Ruling): Promise<void> {
    setAsking(undefined);
    onClear();
    await Promise.all(rows.map((row) => give(row, ruling)));
  }
  function approve(): void {
    if (plain.length === 0) {
      toast({
        title: "Open it to approve",
        description: "It cannot be undone or is above the cap.",
        durationMs: 4000,
      });
    } else if (plain.length === 1 && left === 0 && plain[0]) void ruleOnAll(plain, { verdict: "approve" });
    else setAsking("approve");
  }
  const some = targets.length > 0;
  useShortcuts("Inbox verdicts", [
    { keys: "a", label: "Approve", when: some, run: approve },
    { keys: "d", label: "Decline with a reason", when: some, run: () => setAsking("decline") },
    { keys: "z", label: "Undo the last verdict", run: undoLast },
  ]);
  return (
    <>
      {selected > 0 ? (
        <div className="sticky bottom-0 z-20 flex flex-wrap items-center gap-2 rounded-card border bg-popover p-2 shadow-floating">
          <p className="px-2 text-sm font-semibold">{selected} selected</p>
          <Button variant="positive" shortcut="a" onClick={approve}>
            Approve
          </Button>
          <Button variant="danger" shortcut="d" onClick={() => setAsking("decline")}>
            Decline
          </Button>
          <Button variant="ghost" onClick={onClear}>
            Clear selection
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        open={asking === "approve"}
        onOpenChange={(open) => setAsking(open ? "approve" : undefined)}
        title={`Approve ${plain.length} of ${targets.length}?`}
        description={
          left > 0
            ? `${left} cannot be undone or are above the cap: open them one by one.`
            : "Each gets its own record, and each can be taken back for a few seconds."
        }
        confirmLabel={`Approve ${plain.length}`}
        onConfirm={() => ruleOnAll(plain, { verdict: "approve" })}
      >
        <ul className="flex max-h-60 list-disc flex-col gap-1 overflow-y-auto ps-5 text-sm">
          {plain.map(({ id, summary }) => (
            <li key={id}>
              <UntrustedInline text={summary} />
            </li>
          ))}
        </ul>
      </ConfirmDialog>
      <Dialog open={asking === "decline"} onOpenChange={(open) => setAsking(open ? "decline" : undefined)}>
        <DialogContent title={targets.length === 1 ? "Decline" : `Decline ${targets.length}`}>
          <DeclineOptions targets={targets} onDecline={(ruling) => void ruleOnAll(targets, ruling)} />
        </DialogContent>
      </Dialog>
    </>
  );
}

type OptionsProps = { targets: InboxRow[]; onDecline: (ruling: Ruling) => void };

/** Preset reasons belong to a type: a mixed selection is declined in one's own words. */
function DeclineOptions({ targets, onDecline }: OptionsProps) {
  const [first] = targets;
  const alike = targets.every(({ type }) => type.id === first?.type.id);
  const { data } = useQuery({ ...reviewDetail(first?.id ?? ""), enabled: first !== undefined && alike });
  return <DeclineReasons reasons={alike ? (data?.decline_reasons ?? []) : []} onDecline={onDecline} />;
}
