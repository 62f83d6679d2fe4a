"use client";

import { Check } from "lucide-react";
import { useKeyOf } from "@/components/shell/keymap";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ReviewView } from "@/lib/reviews/schema";
import { AgainstPrecedents } from "./against-precedents";

type Props = {
  review: ReviewView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onApprove: () => void;
};

/** Asks once more before what cannot be undone or is above its cap; on a phone it is where the thumb is. */
export function ApproveSheet({ review, open, onOpenChange, onApprove }: Props) {
  const keyOf = useKeyOf();
  useShortcuts("Approve", [{ id: "submit", label: "Approve", when: open, run: onApprove }]);
  const why = review.reversibility === "irreversible" ? "It cannot be undone." : "It is above the cap.";
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent
        side="bottom"
        title="Approve this?"
        description={why}
        className="md:inset-x-auto md:start-1/2 md:bottom-6 md:w-full md:max-w-md md:-translate-x-1/2 md:rounded-dialog md:border"
        footer={
          <>
            <Button className="h-12 grow" onClick={() => onOpenChange(false)}>
              Cancel
            </Button>
            <Button variant="positive" className="h-12 grow" shortcut={keyOf("submit")} onClick={onApprove}>
              <Check aria-hidden /> Approve
            </Button>
          </>
        }
      >
        {review.amount ? <Money {...review.amount} className="block text-2xl font-semibold" /> : null}
        <p className="text-base">
          <UntrustedInline text={review.summary} />
        </p>
        <AgainstPrecedents review={review} verdict="approve" />
      </SheetContent>
    </Sheet>
  );
}
