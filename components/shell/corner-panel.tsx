"use client";

import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";

type Props = {
  /** Where a key opens it too. */
  id?: string;
  /** The button's accessible name. */
  label: string;
  trigger: ReactNode;
  pending?: boolean;
  children: ReactNode;
};

/** A button of the top bar with a panel below it. The platform's own popover: no library on every page's first load. */
export function CornerPanel({ id: given, label, trigger, pending, children }: Props) {
  const own = useId();
  const id = given ?? own;
  return (
    <>
      <Button variant="ghost" size="icon" aria-label={label} popoverTarget={id} pending={pending}>
        {pending ? null : trigger}
      </Button>
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        className="fixed inset-auto end-2 top-[calc(var(--top-bar-height)+4px)] m-0 w-60 rounded-card border bg-popover p-1.5 text-sm text-popover-foreground shadow-floating open:animate-fade-in md:end-6"
      >
        {children}
      </div>
    </>
  );
}

export const panelRow =
  "flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-start text-sm hover:bg-surface-3 pointer-coarse:min-h-12 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-subtle-foreground";
