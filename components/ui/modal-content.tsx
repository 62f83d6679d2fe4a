"use client";

import * as Radix from "radix-ui/dialog";
import { type ComponentProps, useRef, useState } from "react";

type Props = ComponentProps<typeof Radix.Content> & { hasDescription: boolean };

/**
 * The content of a modal layer; mounted with each opening. Where the layer was opened by a key, a menu or another layer
 * it has no trigger of its own, so what had the focus before it gets it back, and the page where that is gone.
 */
export function ModalContent({ hasDescription, onOpenAutoFocus, onCloseAutoFocus, ...props }: Props) {
  // A field that takes the focus by itself has it before the layer asks: then what was focused as it was drawn counts.
  const [before] = useState(() => document.activeElement);
  const opener = useRef<Element>(null);
  return (
    <Radix.Content
      {...(hasDescription ? {} : { "aria-describedby": undefined })}
      onOpenAutoFocus={(event) => {
        opener.current = document.activeElement;
        onOpenAutoFocus?.(event);
      }}
      onCloseAutoFocus={(event) => {
        onCloseAutoFocus?.(event);
        if (event.defaultPrevented) return;
        event.preventDefault();
        const back = opener.current ?? before;
        if (back instanceof HTMLElement) back.focus();
        if (document.activeElement === document.body)
          document.getElementById("main")?.focus({ preventScroll: true });
      }}
      {...props}
    />
  );
}
