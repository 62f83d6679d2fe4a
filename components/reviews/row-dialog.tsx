"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { type ReviewActions, reached } from "./answers";
import { ForwardPanel } from "./forward-panel";
import { SnoozeChoices } from "./snooze-choices";
import type { RowAsk } from "./use-inbox-keys";
import type { InboxRow } from "./use-steady-rows";

type Props = {
  asking: RowAsk;
  row: InboxRow;
  actions: ReviewActions;
  /** It left the list. */
  onDone: () => void;
  onClose: () => void;
};

const titles = { snooze: "Snooze", forward: "Forward" };

/** What a row of the list is asked before it leaves: until when, or to whom. */
export function RowDialog({ asking, row, actions, onDone, onClose }: Props) {
  const { toast } = useToast();
  async function snooze(minutes: number): Promise<void> {
    onClose();
    const answer = await reached(() => actions.snooze({ reviewId: row.id, minutes }));
    if (answer.ok) onDone();
    toast(
      answer.ok
        ? { title: "Snoozed; it comes back by itself", durationMs: 2500 }
        : { tone: "error", title: answer.error.message },
    );
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        className="max-w-xl"
        title={titles[asking]}
        description={<UntrustedInline text={row.summary} />}
      >
        {asking === "snooze" ? (
          <SnoozeChoices onSnooze={(minutes) => void snooze(minutes)} />
        ) : (
          <ForwardPanel
            reviewId={row.id}
            actions={actions}
            onForwarded={(done) => {
              onClose();
              onDone();
              toast({ title: done, durationMs: 2500 });
            }}
            onLeave={onClose}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
