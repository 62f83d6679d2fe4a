import { LoaderCircle } from "lucide-react";
import type { ComponentProps, MouseEvent } from "react";
import { type ButtonLook, buttonStyles } from "@/components/ui/button-styles";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { ariaKeys } from "@/components/ui/key-text";
import { KeySigns } from "@/components/ui/key-signs";

type ButtonProps = ComponentProps<"button"> &
  ButtonLook & {
    /** Printed on the button and announced: `a`, `$mod+Enter`. Binding it is `useShortcuts`' work. */
    shortcut?: string;
    /** Shows a spinner and refuses presses while the work goes on; the focus stays, which a disabled button would lose. */
    pending?: boolean;
  };

/** The one button. `type` is `button` unless said otherwise. */
export function Button({
  className,
  variant,
  size,
  shortcut,
  pending,
  onClick,
  children,
  ...props
}: ButtonProps) {
  return (
    <button
      type="button"
      className={cn(buttonStyles({ variant, size }), className)}
      aria-keyshortcuts={shortcut && ariaKeys(shortcut)}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? refuse : onClick}
      {...props}
    >
      {pending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {children}
      {shortcut ? (
        <Kbd aria-hidden>
          <KeySigns keys={shortcut} />
        </Kbd>
      ) : null}
    </button>
  );
}

// Of a form's button it is the way Enter takes, too.
function refuse(event: MouseEvent): void {
  event.preventDefault();
}
