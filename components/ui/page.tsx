import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

const styles = cva(
  "mx-auto flex w-full flex-col gap-4 px-4 py-4 md:gap-5 md:px-6 md:py-5 pb-[calc(1rem+var(--tray-room,0px))] md:pb-[calc(1.25rem+var(--tray-room,0px))]",
  {
    variants: { width: { full: "", wide: "max-w-7xl", reading: "max-w-3xl" } },
    defaultVariants: { width: "full" },
  },
);

type Props = VariantProps<typeof styles> & { className?: string; children: ReactNode };

/** A page's padding and measure inside the shell. Pages that need every pixel leave it out. */
export function Page({ width, className, children }: Props) {
  return <div className={cn(styles({ width }), className)}>{children}</div>;
}
