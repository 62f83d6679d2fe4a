import { systems, type System } from "./desks";
import { randomFor } from "./random.mjs";

/** What a client does with one decision: fixed by the seed before anything runs. */
export type Plan = {
  external: string;
  system: System["name"];
  amount: number;
  /** `auto` runs by itself; the others wait for a person, who does this. */
  step: "auto" | "approve" | "edit" | "decline" | "cancel" | "leave";
  /** Sent twice at once, as a client does that lost patience. */
  isTwice: boolean;
  /** Cancelled as soon as it is approved: sometimes in time, sometimes not. */
  isRegretted: boolean;
};

/** What an edit makes of an amount. */
export const editedAmount = (amount: number) => amount + 1;

/** The decisions of a run. */
export function plansOf(seed: number, count: number): Plan[] {
  return Array.from({ length: count }, (_, at) => planOf(seed, at));
}

function planOf(seed: number, at: number): Plan {
  const draw = randomFor(seed, `plan ${at}`);
  return {
    external: `torture-${seed}-${at}`,
    system: systemAt(draw()),
    amount: 1 + Math.floor(draw() * 5000),
    step: stepAt(draw()),
    isTwice: draw() < 0.05,
    isRegretted: draw() < 0.1,
  };
}

function systemAt(draw: number): System["name"] {
  let left = draw;
  for (const { name, share } of systems) {
    left -= share;
    if (left < 0) return name;
  }
  return "C";
}

function stepAt(draw: number): Plan["step"] {
  if (draw < 0.5) return "auto";
  if (draw < 0.84) return "approve";
  if (draw < 0.88) return "edit";
  if (draw < 0.94) return "decline";
  return draw < 0.98 ? "cancel" : "leave";
}
