"use client";

import * as Radix from "radix-ui/dialog";
import { type ComponentProps, useState } from "react";

type Props = ComponentProps<typeof Radix.Content> & { hasDescription: boolean };

/**
 * The content of a modal layer; mounted with each opening. Where the layer was opened by a key, a menu or another layer
 * it has no trigger of its own, so what had the focus before it gets it back, and the page where that is gone.
 */
export function ModalContent({ hasDescription, onCloseAutoFocus, ...props }: Props) {
  const [opener] = useState(() => document.activeElement);
  return (
    <Radix.Content
      {...(hasDescription ? {} : { "aria-describedby": undefined })}
      onCloseAutoFocus={(event) => {
        onCloseAutoFocus?.(event);
        if (event.defaultPrevented) return;
        event.preventDefault();
        if (opener instanceof HTMLElement) opener.focus();
        if (document.activeElement === document.body)
          document.getElementById("main")?.focus({ preventScroll: true });
      }}
      {...props}
    />
  );
}
