"use client";

import { useEffect, useState } from "react";
import type { ReviewView } from "@/lib/reviews/schema";

const tickMs = 250;

/**
 * Whole seconds until a verdict on this review is taken, where its queue asks for a look of a length; 0 otherwise. The
 * server refuses what is too fast; this only says how long it still takes.
 */
export function useDwell({ not_before }: Pick<ReviewView, "not_before">): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (not_before === null) return;
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((Date.parse(not_before) - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) clearInterval(timer);
    };
    const timer = setInterval(tick, tickMs);
    tick();
    return () => clearInterval(timer);
  }, [not_before]);
  return not_before === null ? 0 : left;
}
