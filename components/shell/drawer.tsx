"use client";

import { Navigation, type NavigationProps } from "@/components/shell/navigation";
import { Sheet, SheetContent } from "@/components/ui/sheet";

type Props = NavigationProps & { open: boolean; onOpenChange: (open: boolean) => void };

/** The phone's navigation. */
export function Drawer({ open, onOpenChange, ...navigation }: Props) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent side="start" title="Countersign">
        <Navigation {...navigation} onNavigate={() => onOpenChange(false)} />
      </SheetContent>
    </Sheet>
  );
}
