"use client";

import { type ReactNode, type ToggleEvent, useId, useRef } from "react";
import { Button } from "@/components/ui/button";

type Props = {
  /** The button's text, and the panel's name. */
  label: string;
  /** On a phone only the icon is seen. */
  icon: ReactNode;
  children: (close: () => void) => ReactNode;
};

const width = 256;
const edge = 8;

/**
 * A button with a panel of choices below it. The platform's own popover and anchor: no positioning library on a list's
 * first load, and Escape, focus and clicks outside are the browser's.
 */
export function MenuPanel({ label, icon, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const anchor = `--menu${id.replaceAll(/[^\w-]/g, "")}`;

  // For browsers that cannot anchor one element to another.
  function place({ newState }: ToggleEvent<HTMLDivElement>) {
    const at = button.current?.getBoundingClientRect();
    if (newState !== "open" || !at || !panel.current || CSS.supports("position-area: block-end")) return;
    const left = Math.max(edge, Math.min(at.right - width, window.innerWidth - width - edge));
    panel.current.style.left = `${left}px`;
    panel.current.style.top = `${at.bottom}px`;
  }

  return (
    <>
      <Button ref={button} popoverTarget={id} aria-label={label} style={{ anchorName: anchor }}>
        {icon}
        <span className="max-md:hidden">{label}</span>
      </Button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        onBeforeToggle={place}
        style={{ positionAnchor: anchor }}
        className="fixed inset-auto m-0 mt-1 max-h-[70dvh] w-64 overflow-y-auto rounded-card border bg-popover p-1 text-sm text-popover-foreground shadow-floating [position-area:block-end_span-inline-start] [position-try-fallbacks:flip-inline] open:animate-fade-in"
      >
        {children(() => document.getElementById(id)?.hidePopover())}
      </div>
    </>
  );
}

/** A row of a `MenuPanel`: a button or a link. */
export const menuRow =
  "flex min-h-8 w-full min-w-0 items-center gap-2 rounded-sm px-2 text-start text-sm hover:bg-surface-3 disabled:opacity-55 pointer-coarse:min-h-12 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-subtle-foreground";
