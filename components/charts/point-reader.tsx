"use client";

import type { KeyboardEvent, ReactNode } from "react";

type Props = {
  label: string;
  count: number;
  active: number | null;
  onActive: (place: number | null) => void;
  textOf: (place: number) => string;
  children: ReactNode;
};

/** A picture that is read point by point: arrows, Home and End move, the point is said below and to a screen reader. */
export function PointReader({ label, count, active, onActive, textOf, children }: Props) {
  const move = (event: KeyboardEvent) => {
    const place = placeAfter(event.key, active, count);
    if (place === undefined) return;
    event.preventDefault();
    onActive(place);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${label}: points`}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, count)}
      aria-valuenow={(active ?? 0) + 1}
      aria-valuetext={active === null ? "Arrow keys move between points" : textOf(active)}
      onKeyDown={move}
      onBlur={() => onActive(null)}
      className="flex h-full min-w-0 flex-col rounded-control"
    >
      <div aria-hidden className="min-h-0 min-w-0 grow">
        {children}
      </div>
      <p aria-hidden className="min-h-4 text-2xs text-muted-foreground tabular-nums">
        {active === null ? "" : textOf(active)}
      </p>
    </div>
  );
}

function placeAfter(key: string, active: number | null, count: number): number | null | undefined {
  const last = count - 1;
  if (last < 0) return undefined;
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(last, (active ?? -1) + 1);
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(0, (active ?? count) - 1);
  if (key === "Home") return 0;
  if (key === "End") return last;
  return key === "Escape" ? null : undefined;
}
