"use client";

import * as Radix from "radix-ui/slider";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

type Props = ComponentProps<typeof Radix.Root> & {
  /** One name for each handle. */
  thumbLabels: string[];
};

/** One or more handles on a line: arrow keys step, Page keys step tenfold. */
export function Slider({ className, thumbLabels, ...props }: Props) {
  // A name needs a role: the line groups its handles, each a slider of its own.
  return (
    <Radix.Root
      role="group"
      className={cn("relative flex h-6 w-full touch-none items-center select-none", className)}
      {...props}
    >
      <Radix.Track className="relative h-1.5 grow rounded-full bg-surface-3">
        <Radix.Range className="absolute h-full rounded-full bg-primary" />
      </Radix.Track>
      {thumbLabels.map((name) => (
        <Radix.Thumb
          key={name}
          aria-label={name}
          className="block size-5 rounded-full border-2 border-primary bg-surface transition-colors hover:bg-primary-soft"
        />
      ))}
    </Radix.Root>
  );
}
