"use client";

import { useEffect, useRef } from "react";

/** Scrolls the row it stands in sideways until the current page's link is seen; the page itself stays where it is. */
export function CurrentInView() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const row = here.current?.parentElement;
    const current = row?.querySelector<HTMLElement>("[aria-current=page]");
    if (!row || !current || row.scrollWidth <= row.clientWidth) return;
    const [frame, link] = [row.getBoundingClientRect(), current.getBoundingClientRect()];
    if (link.left < frame.left || link.right > frame.right)
      row.scrollLeft += link.left - frame.left - (frame.width - link.width) / 2;
  });
  return <span ref={here} hidden />;
}
