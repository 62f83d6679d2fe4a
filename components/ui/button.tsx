import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonStyles } from "@/components/ui/button-styles";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { ariaKeys, keyText } from "@/components/ui/key-text";

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
