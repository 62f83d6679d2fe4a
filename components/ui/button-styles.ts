import { cva, type VariantProps } from "class-variance-authority";

/** The look of a button, for what is none: a link. */
export const buttonStyles = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-2 rounded-control border text-sm font-semibold whitespace-nowrap transition-colors select-none disabled:pointer-events-none disabled:opacity-55 aria-disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-primary text-primary-foreground hover:bg-primary-hover",
        secondary: "border-border-strong/50 bg-surface text-foreground hover:bg-surface-2",
        ghost: "border-transparent text-muted-foreground hover:bg-surface-3 hover:text-foreground",
        positive: "border-transparent bg-approved text-solid-foreground hover:brightness-110",
        danger: "border-transparent bg-declined text-solid-foreground hover:brightness-110",
        link: "border-transparent text-primary-text underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-7 px-2.5 text-xs pointer-coarse:h-10",
        md: "h-8 px-3 pointer-coarse:h-12",
        lg: "h-10 px-4 text-base pointer-coarse:h-12",
        icon: "size-8 pointer-coarse:size-12",
      },
    },
    compoundVariants: [{ variant: "link", className: "h-auto px-0 pointer-coarse:h-10" }],
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonLook = VariantProps<typeof buttonStyles>;
