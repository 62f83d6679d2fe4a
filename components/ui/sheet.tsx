"use client";

import { cva, type VariantProps } from "class-variance-authority";
import * as Radix from "radix-ui/dialog";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { DialogHeading } from "@/components/ui/dialog";
import { ModalContent } from "@/components/ui/modal-content";

export const Sheet = Radix.Root;

const styles = cva(
  "fixed z-50 flex animate-fade-in flex-col bg-popover text-popover-foreground shadow-floating",
  {
    variants: {
      side: {
        start: "inset-y-0 start-0 w-72 max-w-[85vw] border-e",
        end: "inset-y-0 end-0 w-[28rem] max-w-[92vw] border-s",
        bottom: "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-dialog border-t pb-[env(safe-area-inset-bottom)]",
      },
    },
    defaultVariants: { side: "bottom" },
  },
);

type Props = Omit<ComponentProps<typeof Radix.Content>, "title"> &
  VariantProps<typeof styles> & { title: ReactNode; description?: ReactNode; footer?: ReactNode };

/** A modal layer on an edge: `bottom` is the phone's form, `end` a detail panel, `start` the navigation. */
export function SheetContent({ side, title, description, footer, className, children, ...props }: Props) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-overlay" />
      <ModalContent
        hasDescription={Boolean(description)}
        className={cn(styles({ side }), className)}
        {...props}
      >
        <DialogHeading title={title} description={description} />
        <div className="min-h-0 grow overflow-y-auto px-5 py-4">{children}</div>
        {footer ? <footer className="flex gap-2 border-t px-5 py-3">{footer}</footer> : null}
      </ModalContent>
    </Radix.Portal>
  );
}
