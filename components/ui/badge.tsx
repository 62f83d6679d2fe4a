import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

const styles = cva(
  "inline-flex h-5 w-fit shrink-0 items-center gap-1 rounded-sm border border-transparent px-1.5 text-xs whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-surface-3 text-foreground",
        accent: "bg-primary-soft text-primary-text",
        approved: "bg-approved-soft text-approved-text",
        declined: "bg-declined-soft text-declined-text",
        edited: "bg-edited-soft text-edited-text",
        review: "bg-review-soft text-review-text",
        escalated: "bg-escalated-soft text-escalated-text",
        auto: "bg-auto-soft text-auto-text",
        idle: "bg-idle-soft text-idle-text",
      },
      look: { soft: "", outline: "border-border bg-surface" },
    },
    defaultVariants: { tone: "neutral", look: "soft" },
  },
);

export type Tone = NonNullable<VariantProps<typeof styles>["tone"]>;

/** A small labelled chip; a status uses `StatusBadge`, which knows its word and icon. */
export function Badge({
  tone,
  look,
  className,
  ...props
}: ComponentProps<"span"> & VariantProps<typeof styles>) {
  return <span className={cn(styles({ tone, look }), className)} {...props} />;
}
