"use client";

import { X } from "lucide-react";
import * as Radix from "radix-ui/dialog";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { ModalContent } from "@/components/ui/modal-content";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

/** The part all modal layers share: title, optional sentence, close button. */
export function DialogHeading({ title, description }: { title: ReactNode; description?: ReactNode }) {
  return (
    <header className="flex items-start justify-between gap-4 px-5 pt-4">
      <div className="flex flex-col gap-1">
        <Radix.Title className="text-md font-semibold">{title}</Radix.Title>
        {description ? (
          <Radix.Description className="text-sm text-muted-foreground">{description}</Radix.Description>
        ) : null}
      </div>
      <Radix.Close
        aria-label="Close"
        className="-me-1 inline-flex size-7 shrink-0 items-center justify-center rounded-control text-subtle-foreground hover:bg-surface-3 hover:text-foreground pointer-coarse:-mt-3 pointer-coarse:-me-3 pointer-coarse:size-12"
      >
        <X aria-hidden className="size-4" />
      </Radix.Close>
    </header>
  );
}

type Props = Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
};

/** A centred modal layer: `<Dialog><DialogTrigger/><DialogContent title/></Dialog>`. */
export function DialogContent({ title, description, footer, className, children, ...props }: Props) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-overlay" />
      <ModalContent
        hasDescription={Boolean(description)}
        className={cn(
          "fixed start-1/2 top-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-1/2 animate-fade-in flex-col rounded-dialog border bg-popover text-popover-foreground shadow-floating rtl:translate-x-1/2",
          className,
        )}
        {...props}
      >
        <DialogHeading title={title} description={description} />
        <div className="min-h-0 overflow-y-auto px-5 py-4">{children}</div>
        {footer ? <footer className="flex justify-end gap-2 border-t px-5 py-3">{footer}</footer> : null}
      </ModalContent>
    </Radix.Portal>
  );
}
