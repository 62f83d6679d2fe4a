import type { PointerEvent, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type Tick = { at: number; label: string };

type Props = {
  /** Places are shares of the plot, from its left and from its bottom. */
  xTicks: Tick[];
  yTicks: Tick[];
  xLabel?: string;
  className?: string;
  /** Drawn in a square of 100 × 100 that is stretched over the plot; y grows downwards. */
  shapes: ReactNode;
  /** Laid over it, placed with `at()`. */
  marks?: ReactNode;
  /** A click or drag at a share of the width. */
  onPoint?: (share: number) => void;
};

/** Axes around a stretched drawing: nothing is measured, so that it is drawn at once and moves without a delay. */
export function Plot({ xTicks, yTicks, xLabel, className, shapes, marks, onPoint }: Props) {
  const point = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1 || event.pointerType === "touch") return;
    const box = event.currentTarget.getBoundingClientRect();
    onPoint?.(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
  };
  return (
    <div className={cn("relative h-full min-h-52 text-2xs text-muted-foreground tabular-nums", className)}>
      <div
        className={cn(
          "absolute inset-y-2 start-11 end-2.5",
          xLabel ? "bottom-9" : "bottom-5",
          onPoint && "cursor-crosshair",
        )}
        onPointerDown={point}
        onPointerMove={point}
      >
        {yTicks.map(({ at, label }) => (
          <div
            key={at}
            className="absolute inset-x-0 border-t border-dashed border-border"
            style={{ bottom: `${at * 100}%` }}
          >
            <span className="absolute end-full me-1.5 -translate-y-1/2 whitespace-nowrap">{label}</span>
          </div>
        ))}
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-hidden"
        >
          {shapes}
        </svg>
        <div className="absolute inset-x-0 bottom-0 border-t border-border-strong" />
        {xTicks.map(({ at, label }) => (
          <span
            key={at}
            className="absolute top-full mt-1 -translate-x-1/2 whitespace-nowrap"
            style={{ left: `${at * 100}%` }}
          >
            {label}
          </span>
        ))}
        {marks}
        {xLabel ? <span className="absolute inset-x-0 top-full mt-5 text-center">{xLabel}</span> : null}
      </div>
    </div>
  );
}

/** Where a mark stands: shares from the left and from the bottom. */
export function placed(x: number, y: number): { left: string; bottom: string } {
  return { left: `${x * 100}%`, bottom: `${y * 100}%` };
}

/** A diamond: filled for what is in force, hollow for the draft. */
export function Diamond({ x, y, look }: { x: number; y: number; look: "force" | "draft" }) {
  return (
    <span
      className={cn(
        "absolute size-3 -translate-x-1/2 translate-y-1/2 rotate-45 border-2 border-primary",
        look === "force" ? "bg-primary" : "bg-surface",
      )}
      style={placed(x, y)}
    />
  );
}

/** Ticks at round numbers from 0 to `most`, and the top of the axis. */
export function axisTo(most: number, text: (value: number) => string): { top: number; ticks: Tick[] } {
  const rough = (most || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((by) => by * power).find((one) => one >= rough) ?? rough;
  const steps = Math.max(1, Math.ceil((most || 1) / step - 1e-9));
  const top = steps * step;
  const ticks = Array.from({ length: steps + 1 }, (_, at) => ({ at: at / steps, label: text(at * step) }));
  return { top, ticks };
}
