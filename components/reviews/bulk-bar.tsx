"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { BulkRuling } from "@/lib/reviews/bulk";
import { reviewDetail } from "@/lib/reviews/client";
import { mostInBulk } from "@/lib/reviews/limits";
import type { ReviewActions } from "./answers";
import { DeclineReasons } from "./decline-reasons";
import { useVerdicts } from "./use-verdicts";
import type { InboxRow } from "./use-steady-rows";

const BulkDialog = dynamic(() => import("./bulk-dialog").then((module) => module.BulkDialog), {
  loading: () => null,
});

type Props = {
  /** The selected rows, or the one the keyboard is on. */
  targets: InboxRow[];
  selected: number;
  /** All that could be selected because they ask the same, those that are among them. */
  alike: string[];
  onChoose: (ids: string[]) => void;
  actions: ReviewActions;
  me: string;
  onClear: () => void;
  onReturn: (reviewId: string) => void;
};

/** Rules on one, or on all that is selected after showing what that would do. */
export function BulkBar({ targets, selected, alike, onChoose, actions, me, onClear, onReturn }: Props) {
  const { toast } = useToast();
  const keyOf = useKeyOf();
  const { give, announceMany } = useVerdicts({ actions, me, onReturn });
  const [asking, setAsking] = useState<"reason">();
  const [many, setMany] = useState<{ ids: string[]; ruling: BulkRuling }>();
  const [only] = targets;

  function rule(ruling: BulkRuling): void {
    setAsking(undefined);
    if (targets.length > mostInBulk) {
      toast({ title: `At most ${mostInBulk} at once`, description: "Select fewer.", durationMs: 4000 });
    } else if (targets.length > 1) setMany({ ids: targets.map(({ id }) => id), ruling });
    else if (only) {
      onClear();
      void give(only, ruling);
    }
  }
  function approve(): void {
    if (targets.length === 1 && only?.deliberate) {
      toast({
        title: "Open it to approve",
        description: "It cannot be undone or is above the cap.",
        durationMs: 4000,
      });
    } else rule({ verdict: "approve" });
  }
  const some = targets.length > 0 && !many;
  useShortcuts("Inbox verdicts", [
    { id: "approve", when: some, run: approve },
    { id: "decline", when: some, run: () => setAsking("reason") },
  ]);
  return (
    <>
      {selected > 0 ? (
        <section
          aria-label="Selection"
          className="sticky bottom-0 z-20 flex flex-wrap items-center gap-2 rounded-card border bg-popover p-2 shadow-floating"
        >
          <p className="px-2 text-sm font-semibold">{selected} selected</p>
          <Button variant="positive" shortcut={keyOf("approve")} onClick={approve}>
            Approve
          </Button>
          <Button variant="danger" shortcut={keyOf("decline")} onClick={() => setAsking("reason")}>
            Decline
          </Button>
          {alike.length > selected ? (
            <Button variant="ghost" onClick={() => onChoose(alike)}>
              Select {alike.length - selected} more alike
            </Button>
          ) : null}
          <Button variant="ghost" onClick={onClear}>
            Clear selection
          </Button>
        </section>
      ) : null}
      {many ? (
        <BulkDialog
          {...many}
          actions={actions}
          onDone={(result) => {
            onClear();
            announceMany(many.ruling.verdict, result);
          }}
          onClose={() => setMany(undefined)}
        />
      ) : null}
      <Dialog open={asking === "reason"} onOpenChange={(open) => setAsking(open ? "reason" : undefined)}>
        <DialogContent
          title={targets.length === 1 ? "Decline" : `Decline ${targets.length}`}
          description={only && targets.length === 1 ? <UntrustedInline text={only.summary} /> : undefined}
        >
          <DeclineOptions targets={targets} onDecline={rule} />
        </DialogContent>
      </Dialog>
    </>
  );
}

type OptionsProps = { targets: InboxRow[]; onDecline: (ruling: BulkRuling) => void };

/** Preset reasons belong to a type: a mixed selection is declined in one's own words. */
function DeclineOptions({ targets, onDecline }: OptionsProps) {
  const [first] = targets;
  const alike = targets.every(({ type }) => type.id === first?.type.id);
  const { data } = useQuery({ ...reviewDetail(first?.id ?? ""), enabled: first !== undefined && alike });
  return <DeclineReasons reasons={alike ? (data?.decline_reasons ?? []) : []} onDecline={onDecline} />;
}
