"use client";

import * as Radix from "radix-ui/tooltip";
import type { ReactNode } from "react";

type Props = {
  content: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  /** One focusable element; it needs a name of its own. */
  children: ReactNode;
};

/** A short explanation on hover and focus; never the only place of a fact. */
export function Tooltip({ content, side = "top", children }: Props) {
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 animate-fade-in rounded-control bg-foreground px-2 py-1 text-xs text-background shadow-floating"
          >
            {content}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
