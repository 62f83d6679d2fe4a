import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { ariaKeys, keyText } from "@/components/ui/key-text";

/** The look of a button, for `ButtonLink`. */
export const buttonStyles = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-2 rounded-control border border-transparent text-sm font-semibold whitespace-nowrap transition-colors select-none disabled:pointer-events-none disabled:opacity-55 aria-disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-primary text-primary-foreground hover:bg-primary-hover",
        secondary: "border-border-strong/50 bg-surface text-foreground hover:bg-surface-2",
        ghost: "text-muted-foreground hover:bg-surface-3 hover:text-foreground",
        positive: "bg-approved text-solid-foreground hover:brightness-110",
        danger: "bg-declined text-solid-foreground hover:brightness-110",
        link: "h-auto px-0 text-primary-text underline-offset-4 hover:underline",
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

type ButtonProps = ComponentProps<"button"> &
  ButtonLook & {
    /** Printed on the button and announced: `a`, `$mod+Enter`. Binding it is `useShortcuts`' work. */
    shortcut?: string;
    /** Shows a spinner and refuses clicks while the work goes on. */
    pending?: boolean;
  };

/** The one button. `type` is `button` unless said otherwise. */
export function Button({
  className,
  variant,
  size,
  shortcut,
  pending,
  disabled,
  children,
  ...props
}: ButtonProps) {
  return (
    <button
      type="button"
      className={cn(buttonStyles({ variant, size }), className)}
      aria-keyshortcuts={shortcut && ariaKeys(shortcut)}
      aria-busy={pending || undefined}
      disabled={disabled || pending}
      {...props}
    >
      {pending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {children}
      {shortcut ? <Kbd aria-hidden>{keyText(shortcut)}</Kbd> : null}
    </button>
  );
}
