"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { DiscrepancySummary, IssueView } from "@/lib/discrepancies/schema";
import type { AttachActions } from "./actions";
import { AttachForm } from "./attach-form";

type Props = {
  chosen: DiscrepancySummary[];
  issues: IssueView[];
  actions: AttachActions;
  onDone: () => void;
};

/** What to do with the selected ones: an issue takes those of one app, one type and one cause. */
export function AttachBar({ chosen, issues, actions, onDone }: Props) {
  const [open, setOpen] = useState(false);
  const first = chosen[0];
  if (!first) {
    return <p className="text-sm text-muted-foreground">Select what belongs to one issue.</p>;
  }
  const isAlike = chosen.every(
    ({ app, type, cause }) => app.id === first.app.id && type.id === first.type.id && cause === first.cause,
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="text-sm font-semibold" aria-live="polite">
        {chosen.length} selected
      </p>
      <Button variant="primary" size="sm" disabled={!isAlike} onClick={() => setOpen(true)}>
        Put into an issue
      </Button>
      <Button variant="ghost" size="sm" onClick={onDone}>
        Clear selection
      </Button>
      {isAlike ? null : (
        <p className="text-sm text-muted-foreground">An issue takes one app, one type and one cause.</p>
      )}
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title="Put into an issue" description={`${chosen.length} confirmed discrepancies`}>
          <AttachForm
            chosen={chosen}
            issues={issues}
            actions={actions}
            onDone={() => {
              setOpen(false);
              onDone();
            }}
          />
        </DialogContent>
      </Dialog>
    </div>
  );
}
